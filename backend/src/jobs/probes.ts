/** Asks channels now and then whether they work, where an operator wants it: small real requests, in the books. */

import type { Channel } from '../domain/channel.ts'
import type { AttemptLease } from '../domain/channel-health.ts'
import { verdict } from '../domain/outcome.ts'
import type { Gateway } from '../runtime/gateway.ts'
import { tariffsOf } from '../runtime/tariffs.ts'
import type { Store } from '../store/database.ts'
import { probeCostSince } from '../store/probe-cost.ts'
import { askSmallQuestion } from '../upstream/small-question.ts'
import { probeRecord } from './probe-record.ts'

const TICK_MS = 1000
const DAY_MS = 86_400_000
const DEFAULT_MODEL = 'claude-haiku-4-5'

export interface Probes {
  close(): Promise<void>
}

/** Off for every channel whose interval is 0, the default. */
export function startProbes(gateway: Gateway, store: Store): Probes {
  const lastAtMs = new Map<number, number>()
  const underWay = new Map<number, Promise<void>>()
  const stopping = new AbortController()

  function start(channel: Channel): void {
    const probing = probe(gateway, store, channel, stopping.signal)
      .catch((cause: unknown) => {
        gateway.log.warn({ channelId: channel.id, cause: String(cause) }, 'channel not probed')
      })
      .finally(() => underWay.delete(channel.id))
    underWay.set(channel.id, probing)
  }

  const timer = setInterval(() => {
    const nowMs = Date.now()
    for (const channel of gateway.snapshot.current.channels) {
      if (underWay.has(channel.id) || !isDue(channel, lastAtMs.get(channel.id) ?? 0, nowMs)) continue
      lastAtMs.set(channel.id, nowMs)
      start(channel)
    }
  }, TICK_MS)
  timer.unref()
  return {
    async close() {
      clearInterval(timer)
      stopping.abort()
      await Promise.all(underWay.values())
    },
  }
}

function isDue({ enabled, probeIntervalSeconds }: Channel, lastMs: number, nowMs: number): boolean {
  return enabled && probeIntervalSeconds > 0 && nowMs - lastMs >= probeIntervalSeconds * 1000
}

async function probe(gateway: Gateway, store: Store, channel: Channel, stopped: AbortSignal): Promise<void> {
  const startedAtMs = Date.now()
  const spent = await probeCostSince(store.reports, channel.id, startedAtMs - (startedAtMs % DAY_MS))
  if (stopped.aborted || spent >= channel.probeDailyNanoUsd) return
  const model = channel.probeModel ?? DEFAULT_MODEL
  // A channel that is left alone is not asked by probes either; one that may be tried again is.
  const lease = gateway.health.begin(channel, model)
  if (lease === null) return
  try {
    await ask(gateway, channel, { lease, model, startedAtMs, stopped })
  } finally {
    gateway.health.release(lease)
  }
}

interface Probing {
  readonly lease: AttemptLease
  readonly model: string
  readonly startedAtMs: number
  readonly stopped: AbortSignal
}

async function ask(
  gateway: Gateway,
  channel: Channel,
  { lease, model, startedAtMs, stopped }: Probing,
): Promise<void> {
  const { outcomeRules } = gateway.snapshot.current
  const rules = { rules: outcomeRules, channelId: channel.id }
  const answer = await askSmallQuestion(gateway.connections, { ...channel, model }, rules, stopped)
  // The question is our own: where it is refused, the channel does not serve what it is set to.
  const isRefused = answer.verdict.kind === 'request_fault'
  gateway.health.note(lease, isRefused ? verdict('failed', answer.verdict.reason) : answer.verdict)
  const tariff = tariffsOf(gateway.snapshot.current)(channel.id)
  gateway.journal.append(probeRecord({ channel, model, startedAtMs, answer }, tariff))
}
