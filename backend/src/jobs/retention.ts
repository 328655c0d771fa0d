/** Deletes what is older, or more, than the settings keep: in small batches with pauses, so that nobody waits for it. */
import { setTimeout as delay } from 'node:timers/promises'
import type { Settings } from '@claude-gateway/contract/settings.ts'
import type { RetentionRun } from '@claude-gateway/contract/system.ts'
import type { Log } from '../runtime/log.ts'
import { deleteOldAuditEvents } from '../store/audit-events.ts'
import { deleteExpiredBodies } from '../store/captured-bodies.ts'
import { deleteOldChannelEvents } from '../store/channel-health.ts'
import type { Db, Store } from '../store/database.ts'
import { measureLog } from '../store/log-size.ts'
import {
  deleteLogsBefore,
  deleteOldestLogs,
  giveBackPages,
  saveRetentionRun,
  whileAlone,
} from '../store/retention.ts'
import { deleteOldSessions } from '../store/session-sums.ts'

export interface RetentionParts {
  readonly store: Store
  settings(): Settings
  /** Milliseconds since the Unix epoch. */
  now(): number
  readonly log: Log
}

const DAY_MS = 86_400_000
const BYTES_PER_MEGABYTE = 1_000_000
/** Bounds that nobody needs to set: a timeline of channels, and a memory of who changed what. */
const CHANNEL_EVENT_DAYS = 90
const AUDIT_EVENT_DAYS = 730
/** Its sums outlive its requests: long enough to compare with the same month of the year before. */
const SESSION_DAYS = 400

const BATCH_ROWS = 500
/** 800 KB with SQLite's pages of 4 KB. */
const BATCH_PAGES = 200
const PAUSE_LEAST_MS = 20
/** How often the log is measured anew in one run: rows differ in size, so that the first guess may be short. */
const SIZE_ROUNDS = 5

/** One run. null: another process is at it, or the stop came first. Rejects when the database does. */
export async function runRetention(
  parts: RetentionParts,
  stopped: AbortSignal,
): Promise<RetentionRun | null> {
  const run = await whileAlone(parts.store, async (db) => {
    if (stopped.aborted) return null
    const atMs = parts.now()
    const before = await measureLog(parts.store)
    const deleted = await deleteAll(parts, { db, stopped, atMs })
    await giveBack(parts.store, stopped)
    const after = await measureLog(parts.store)
    const made: RetentionRun = {
      at_ms: Math.round(atMs),
      duration_ms: Math.max(0, Math.round(parts.now() - atMs)),
      deleted,
      freed_bytes: Math.max(0, before.bytes - after.bytes),
    }
    await saveRetentionRun(db, made)
    return made
  })
  return run ?? null
}

interface Running {
  readonly db: Db
  readonly stopped: AbortSignal
  readonly atMs: number
}

async function deleteAll(parts: RetentionParts, running: Running): Promise<RetentionRun['deleted']> {
  const { db, stopped, atMs } = running
  const { log_retention_days: days, log_max_megabytes: megabytes } = parts.settings()
  const batches = (step: Step) => inBatches(step, stopped)
  const bodies = await batches((limit) => deleteExpiredBodies(db, atMs, limit))
  const old = days === 0 ? 0 : await batches((limit) => deleteLogsBefore(db, atMs - days * DAY_MS, limit))
  const excess = megabytes === 0 ? 0 : await deleteExcess(parts, running, megabytes * BYTES_PER_MEGABYTE)
  return {
    requests: old + excess,
    bodies,
    channel_events: await batches((limit) =>
      deleteOldChannelEvents(db, atMs - CHANNEL_EVENT_DAYS * DAY_MS, limit),
    ),
    audit_events: await batches((limit) => deleteOldAuditEvents(db, atMs - AUDIT_EVENT_DAYS * DAY_MS, limit)),
    sessions: await batches((limit) => deleteOldSessions(db, atMs - SESSION_DAYS * DAY_MS, limit)),
  }
}

/** The oldest first, until the log fits. */
async function deleteExcess(
  { store, log }: RetentionParts,
  { db, stopped }: Running,
  maxBytes: number,
): Promise<number> {
  let deleted = 0
  for (let round = 0; round < SIZE_ROUNDS && !stopped.aborted; round++) {
    const { rows, bytes } = await measureLog(store)
    if (rows === 0 || bytes <= maxBytes) return deleted
    const excess = Math.ceil(rows * (1 - maxBytes / bytes))
    deleted += await inBatches((limit) => deleteOldestLogs(db, limit), stopped, excess)
  }
  if (!stopped.aborted) log.warn({ maxBytes, deleted }, 'the log is still larger than it may be')
  return deleted
}

/** Deletes at most so many rows; resolves to how many it were. */
type Step = (limit: number) => Promise<number>

/** Half of the time is left to others, however slow the disk is. */
async function inBatches(step: Step, stopped: AbortSignal, most = Number.POSITIVE_INFINITY): Promise<number> {
  let total = 0
  while (!stopped.aborted && total < most) {
    const limit = Math.min(BATCH_ROWS, most - total)
    const startedAt = performance.now()
    const deleted = await step(limit)
    total += deleted
    if (deleted < limit) break
    await pause(performance.now() - startedAt, stopped)
  }
  return total
}

async function giveBack(store: Store, stopped: AbortSignal): Promise<void> {
  let left = Number.POSITIVE_INFINITY
  while (!stopped.aborted) {
    const startedAt = performance.now()
    const still = await giveBackPages(store, BATCH_PAGES)
    if (still === 0 || still >= left) return
    left = still
    await pause(performance.now() - startedAt, stopped)
  }
}

async function pause(tookMs: number, signal: AbortSignal): Promise<void> {
  await delay(Math.max(PAUSE_LEAST_MS, tookMs), undefined, { signal }).catch(() => undefined)
}

export interface Retention {
  close(): Promise<void>
}

/** The start of a gateway has better things to do. */
const FIRST_AFTER_MS = 60_000
const EVERY_MS = 3_600_000

/** A run a minute after the start, and then one each hour. */
export function startRetention(parts: RetentionParts): Retention {
  const stopping = new AbortController()
  let running: Promise<void> = Promise.resolve()
  const run = (): void => {
    running = running.then(async () => {
      try {
        const made = await runRetention(parts, stopping.signal)
        if (made !== null) parts.log.info({ ...made.deleted, freedBytes: made.freed_bytes }, 'retention done')
      } catch (cause) {
        parts.log.warn({ cause: String(cause) }, 'retention failed; it is tried again in an hour')
      }
    })
  }
  const first = setTimeout(run, FIRST_AFTER_MS).unref()
  const timer = setInterval(run, EVERY_MS).unref()
  return {
    async close() {
      clearTimeout(first)
      clearInterval(timer)
      stopping.abort()
      await running
    },
  }
}
