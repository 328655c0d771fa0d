/** Retention on both engines: what is deleted and what stays, in pieces that let others through. */
import type { Settings } from '@claude-gateway/contract/settings.ts'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { defaultSettings } from '../../src/domain/settings.ts'
import { runRetention } from '../../src/jobs/retention.ts'
import { addAuditEvent } from '../../src/store/audit-events.ts'
import { saveChannelHealth } from '../../src/store/channel-health.ts'
import { createChannel } from '../../src/store/channels.ts'
import { openStore, type Store } from '../../src/store/database.ts'
import { measureLog } from '../../src/store/log-size.ts'
import { readRetentionRun, whileAlone } from '../../src/store/retention.ts'
import { openSecrets } from '../../src/store/secrets.ts'
import { readStorage } from '../../src/store/storage.ts'
import { appendLogsTo, appendRecords, newChannelOf, recordOf } from '../store/records.ts'
import { engines, freshFolder } from '../support/engines.ts'

const DAY_MS = 86_400_000
const NOW = Date.UTC(2026, 10, 22, 12)
const NEVER = new AbortController().signal

const noLog = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined }

function partsOf(store: Store, settings: Partial<Settings> = {}) {
  const defaults = defaultSettings({ logRetentionDays: 30, logMaxMegabytes: 0, debug: false })
  return { store, settings: () => ({ ...defaults, ...settings }), now: () => NOW, log: noLog }
}

/** One request for each of the days before now. */
const recordsOfDays = (days: readonly number[]) =>
  days.map((day) => recordOf({ requestId: `day-${day}-${made++}`, startedAtMs: NOW - day * DAY_MS }))
let made = 0

async function fill(store: Store, count: number, startedAtMs = NOW - DAY_MS): Promise<void> {
  for (let done = 0; done < count; done += 500)
    await appendLogsTo(
      store,
      Array.from({ length: Math.min(500, count - done) }, (_, index) =>
        recordOf({ requestId: `filled-${made++}`, startedAtMs: startedAtMs + done + index }),
      ),
    )
}

const requestsIn = async ({ db }: Store): Promise<number> =>
  Number(
    (
      await db
        .selectFrom('request_logs')
        .select(({ fn }) => fn.countAll().as('rows'))
        .executeTakeFirstOrThrow()
    ).rows,
  )

const sumsOf = ({ db }: Store) =>
  db.selectFrom('usage_sums').selectAll().orderBy('start_ms').orderBy('grain').orderBy('span').execute()

for (const engine of engines) {
  describe(engine.name, () => {
    test('requests older than the days go, younger ones and all sums stay, and the run is remembered', async () => {
      const store = await engine.open()
      await appendLogsTo(store, recordsOfDays([0, 1, 29, 31, 90, 400]))
      const before = await sumsOf(store)
      const run = await runRetention(partsOf(store), NEVER)
      expect(run).toMatchObject({ at_ms: NOW, deleted: { requests: 3, bodies: 0 } })
      expect(await requestsIn(store)).toBe(3)
      expect(await sumsOf(store)).toEqual(before)
      expect(before.length).toBeGreaterThan(0)
      expect(await readRetentionRun(store.db)).toEqual(run)
    })

    test('0 days and 0 megabytes keep everything', async () => {
      const store = await engine.open()
      await appendLogsTo(store, recordsOfDays([1, 4000]))
      const run = await runRetention(partsOf(store, { log_retention_days: 0 }), NEVER)
      expect(run?.deleted.requests).toBe(0)
      expect(await requestsIn(store)).toBe(2)
    })

    test('a log that is too large loses its oldest until it fits, and a second run finds nothing to do', async () => {
      const store = await engine.open()
      await fill(store, 3000)
      const { bytes } = await measureLog(store)
      const megabytes = (bytes * 0.6) / 1_000_000
      const settings = { log_max_megabytes: megabytes }
      const run = await runRetention(partsOf(store, settings), NEVER)
      const after = await measureLog(store)
      expect(after.bytes).toBeLessThanOrEqual(megabytes * 1_000_000)
      expect(after.rows).toBe(3000 - (run?.deleted.requests ?? 0))
      expect(after.rows).toBeGreaterThan(500)
      const { oldest } = await store.db
        .selectFrom('request_logs')
        .select(({ fn }) => fn.min<number>('started_at_ms').as('oldest'))
        .executeTakeFirstOrThrow()
      expect(oldest).toBe(NOW - DAY_MS + 3000 - after.rows)
      expect((await runRetention(partsOf(store, settings), NEVER))?.deleted.requests).toBe(0)
    })

    test('sums that have outgrown the limit cost the log nothing: only requests and their bodies count', async () => {
      const store = await engine.open()
      // Each of another hour and model, so that there are far more sums than requests.
      const busy = Array.from({ length: 400 }, (_, hour) =>
        recordOf({ requestedModel: `model-${hour}`, startedAtMs: NOW - (600 + hour) * 3_600_000 }),
      )
      await appendLogsTo(store, busy)
      const { bytes } = await measureLog(store)
      const { database_bytes: all } = await readStorage(store, NOW)
      expect(all).toBeGreaterThan(bytes * 3)
      const settings = { log_retention_days: 0, log_max_megabytes: (bytes * 1.2) / 1_000_000 }
      expect((await runRetention(partsOf(store, settings), NEVER))?.deleted.requests).toBe(0)
    })

    test('events of channels are kept for 90 days, those of the audit log for two years', async () => {
      const store = await engine.open()
      const secrets = await openSecrets(store.db, {
        encryptionKey: 'k'.repeat(16),
        dataDir: await freshFolder(),
      })
      const { id } = await createChannel(store.db, secrets, newChannelOf())
      for (const days of [89, 91, 729, 731]) {
        const atMs = NOW - days * DAY_MS
        const event = { channelId: id, atMs, event: 'cleared', reason: null, untilMs: null } as const
        await saveChannelHealth(store.db, [], [event])
        await addAuditEvent(store.db, {
          atMs,
          actor: 'ada',
          action: 'x',
          subject: null,
          details: {},
          clientAddress: null,
        })
      }
      const run = await runRetention(partsOf(store), NEVER)
      expect(run?.deleted).toMatchObject({ channel_events: 3, audit_events: 1 })
    })

    test('the sums of a session are kept for 400 days after its last request', async () => {
      const store = await engine.open()
      for (const days of [399, 401]) {
        const startedAtMs = NOW - days * DAY_MS
        await appendRecords(store.db, [recordOf({ sessionId: `${days} days`, startedAtMs })])
      }
      expect((await runRetention(partsOf(store), NEVER))?.deleted.sessions).toBe(1)
      const left = await store.db.selectFrom('sessions').select('session_id').execute()
      expect(left).toEqual([{ session_id: '399 days' }])
    })

    test('appending goes on while thousands of rows are deleted: it is written before the deletion ends', async () => {
      const store = await engine.open()
      await fill(store, 6000, NOW - 60 * DAY_MS)
      let isDone = false
      const running = runRetention(partsOf(store), NEVER).finally(() => {
        isDone = true
      })
      const finishedWhileRunning: boolean[] = []
      const tookMs: number[] = []
      for (let batch = 0; batch < 5; batch++) {
        const startedAt = performance.now()
        await appendLogsTo(store, recordsOfDays([0, 0, 0]))
        tookMs.push(performance.now() - startedAt)
        finishedWhileRunning.push(!isDone)
      }
      expect((await running)?.deleted.requests).toBe(6000)
      expect(finishedWhileRunning[0]).toBe(true)
      // A batch of deletions and a step of the vacuum are what it may have to wait for; this is far more than either.
      expect(Math.max(...tookMs)).toBeLessThan(3000)
      expect(await requestsIn(store)).toBe(15)
    })

    test('a stop ends it after the batch under way', async () => {
      const store = await engine.open()
      await fill(store, 2500, NOW - 60 * DAY_MS)
      const stopping = new AbortController()
      const running = runRetention(partsOf(store), stopping.signal)
      while ((await requestsIn(store)) === 2500) await new Promise((resolve) => setTimeout(resolve, 1))
      stopping.abort()
      await running
      expect(await requestsIn(store)).toBeGreaterThan(0)
      await runRetention(partsOf(store), NEVER)
      expect(await requestsIn(store)).toBe(0)
    })

    test('storage is told: rows, oldest, growth a day over the last week', async () => {
      const store = await engine.open()
      expect(await readStorage(store, NOW)).toMatchObject({
        log_rows: 0,
        oldest_log_at_ms: null,
        log_rows_per_day: 0,
      })
      await appendLogsTo(store, recordsOfDays([1, 1, 2, 3, 4, 5, 6, 20, 40, 40]))
      const storage = await readStorage(store, NOW)
      expect(storage).toMatchObject({
        engine: engine.name,
        log_rows: 10,
        oldest_log_at_ms: NOW - 40 * DAY_MS,
        log_rows_per_day: 1,
      })
      expect(storage.log_bytes).toBeGreaterThan(0)
      expect(storage.database_bytes).toBeGreaterThanOrEqual(storage.log_bytes)
      expect(storage.log_bytes_per_day).toBe(Math.round(storage.log_bytes / 10))
    })

    test('the first day’s requests are what a day brings, not multiplied', async () => {
      const store = await engine.open()
      await fill(store, 100, NOW - 3_600_000)
      expect((await readStorage(store, NOW)).log_rows_per_day).toBe(100)
    })
  })
}

describe('sqlite', () => {
  test('the file gives its free pages back', async () => {
    const [sqlite] = engines
    const store = await sqlite?.open()
    if (store === undefined) throw new Error('no engine')
    await fill(store, 4000, NOW - 60 * DAY_MS)
    const { database_bytes: before } = await readStorage(store, NOW)
    const run = await runRetention(partsOf(store), NEVER)
    const { database_bytes: after } = await readStorage(store, NOW)
    expect(after).toBeLessThan(before / 3)
    expect(run?.freed_bytes).toBeGreaterThan(before / 3)
    const { rows } = await sql<{ freelist_count: number }>`pragma freelist_count`.execute(store.db)
    expect(rows).toEqual([{ freelist_count: 0 }])
  })
})

describe('postgres', () => {
  test('of several processes only one deletes at a time', async () => {
    const options = await engines[1]?.fresh()
    if (options === undefined) throw new Error('no engine')
    const [one, other] = [await openStore(options), await openStore(options)]
    try {
      await appendLogsTo(one, recordsOfDays([60]))
      const meanwhile = await whileAlone(one, () => runRetention(partsOf(other), NEVER))
      expect(meanwhile).toBeNull()
      expect(await requestsIn(one)).toBe(1)
      expect((await runRetention(partsOf(other), NEVER))?.deleted.requests).toBe(1)
    } finally {
      await one.close()
      await other.close()
    }
  })
})
