/** Until when a channel is left alone after what its upstream said, and for which model. Contract rules D4 and D5. */
import type { Told } from '@claude-gateway/contract/reason.ts'
import type { Verdict, VerdictKind } from './outcome.ts'

export interface Cooldown {
  /** The upstream model it holds for; null for the whole channel. */
  readonly model: string | null
  readonly kind: VerdictKind | 'paused'
  readonly reason: Told
  readonly sinceMs: number
  readonly untilMs: number
  /** A soft one moves the channel to the end of the route; a hard one takes it out. */
  readonly isSoft: boolean
}

/** A channel has one of a kind for a model; a soft one may stand beside a hard one, and outlast it. */
export function isLike(a: Cooldown, b: Cooldown): boolean {
  return a.kind === b.kind && a.model === b.model && a.isSoft === b.isSoft
}

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** D4: ordinary waits are capped; a quota that names its date is believed further, within reason. */
const WAIT_MAX_MS = 30 * MINUTE
const QUOTA_MAX_MS = 45 * DAY
const LIMITED_WITHOUT_TIME_MS = 5 * SECOND
const UNREACHABLE_MS = 10 * SECOND
const OVERLOADED_FIRST_MS = 15 * SECOND
const OVERLOADED_MAX_MS = 2 * MINUTE
const CREDENTIAL_MS = 30 * MINUTE
const MODEL_MISSING_MS = 12 * HOUR

/** No upstream has a model with a longer name; a client's invention is not remembered at any length. */
const MODEL_NAME_MAX = 300

interface Situation {
  readonly upstreamModel: string
  /** How many times in a row the channel was overloaded before this. */
  readonly overloads: number
  readonly nowMs: number
}

interface Wait {
  readonly model: string | null
  readonly ms: number
  readonly isSoft: boolean
}

/** @returns null where the verdict asks for no cooldown: the breaker counts those, or nobody does. */
export function cooldownAfter(verdict: Verdict, situation: Situation): Cooldown | null {
  const wait = waitAfter(verdict, situation)
  if (wait === null || wait.ms <= 0) return null
  if (wait.model !== null && wait.model.length > MODEL_NAME_MAX) return null
  const { nowMs } = situation
  const { kind, reason } = verdict
  return {
    model: wait.model,
    kind,
    reason,
    sinceMs: nowMs,
    untilMs: nowMs + Math.ceil(wait.ms),
    isSoft: wait.isSoft,
  }
}

function waitAfter(verdict: Verdict, { upstreamModel, overloads, nowMs }: Situation): Wait | null {
  switch (verdict.kind) {
    case 'limited':
      return limitedWait(verdict, upstreamModel, nowMs)
    case 'overloaded': {
      const ms = Math.min(OVERLOADED_FIRST_MS * 2 ** overloads, OVERLOADED_MAX_MS)
      const asked = verdict.retry ? Math.min(verdict.retry.untilMs - nowMs, WAIT_MAX_MS) : 0
      return { model: null, ms: Math.max(ms, asked), isSoft: true }
    }
    case 'unreachable':
      return { model: null, ms: UNREACHABLE_MS, isSoft: true }
    case 'out_of_credit': {
      const ms = verdict.retry ? Math.min(verdict.retry.untilMs - nowMs, QUOTA_MAX_MS) : CREDENTIAL_MS
      return { model: null, ms, isSoft: false }
    }
    case 'credential_refused':
      return { model: null, ms: CREDENTIAL_MS, isSoft: false }
    case 'model_missing':
      return { model: upstreamModel, ms: MODEL_MISSING_MS, isSoft: false }
    default:
      return null
  }
}

function limitedWait({ retry }: Verdict, upstreamModel: string, nowMs: number): Wait {
  // Without a header no wait is invented: the channel comes last for a moment, and is asked where nothing else is left.
  if (retry === null) return { model: upstreamModel, ms: LIMITED_WITHOUT_TIME_MS, isSoft: true }
  const ms = Math.min(retry.untilMs - nowMs, retry.isQuota ? QUOTA_MAX_MS : WAIT_MAX_MS)
  return { model: retry.scope === 'channel' ? null : upstreamModel, ms, isSoft: false }
}
