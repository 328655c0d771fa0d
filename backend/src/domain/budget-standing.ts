/** How a key stands with its budgets, in the words and headers that clients understand. Contract rules E5 and E6. Pure. */
import type { BudgetPeriod } from '@claude-gateway/contract/budget.ts'

export interface BudgetStanding {
  readonly period: BudgetPeriod
  /** IANA name: the zone in which its reset is told. */
  readonly timeZone: string
  /** True for the budget of a tag, which several keys share. */
  readonly isShared: boolean
  readonly limitNanoUsd: number
  readonly spentNanoUsd: number
  /** Epoch milliseconds; null for a budget that never resets. */
  readonly resetsAtMs: number | null
}

/** Names to values, in the order in which they are sent. */
export type StandingHeaders = Readonly<Record<string, string>>

/** What is answered to a key that has spent what it may. */
export interface Exhaustion {
  readonly message: string
  /** Until the real reset; null where there is none. */
  readonly retryAfterSeconds: number | null
  readonly headers: StandingHeaders
}

const utilization = ({ spentNanoUsd, limitNanoUsd }: BudgetStanding): number => spentNanoUsd / limitNanoUsd

const isExhausted = ({ spentNanoUsd, limitNanoUsd }: BudgetStanding): boolean => spentNanoUsd >= limitNanoUsd

/** The one of which the largest part is spent; of several such, the one that resets last. */
export function fullest<Standing extends BudgetStanding>(standings: readonly Standing[]): Standing | null {
  return standings.reduce<Standing | null>((most, one) => {
    if (most === null) return one
    const more = utilization(one) - utilization(most)
    return more > 0 || (more === 0 && resetOf(one) > resetOf(most)) ? one : most
  }, null)
}

/** The exhausted one that keeps the key out longest: until it resets, a retry is in vain. */
export function lastToReset<Standing extends BudgetStanding>(
  standings: readonly Standing[],
): Standing | null {
  return standings
    .filter(isExhausted)
    .reduce<Standing | null>(
      (last, one) => (last === null || resetOf(one) > resetOf(last) ? one : last),
      null,
    )
}

const resetOf = ({ resetsAtMs }: BudgetStanding): number => resetsAtMs ?? Number.POSITIVE_INFINITY

const UNIFIED = 'anthropic-ratelimit-unified'

/** Unix seconds of the reset, under both names; nothing where there is none. */
function resetHeaders({ resetsAtMs }: BudgetStanding): StandingHeaders {
  if (resetsAtMs === null) return {}
  const seconds = String(Math.floor(resetsAtMs / 1000))
  return { [`${UNIFIED}-reset`]: seconds, [`${UNIFIED}-overage-reset`]: seconds }
}

const PERIOD_NAMES: Readonly<Record<BudgetPeriod, string | null>> = {
  day: 'daily',
  week: 'weekly',
  month: 'monthly',
  total: null,
}

/** Rule E5: no `-representative-claim` and no `-overage-status`, or the client replaces our sentence by its own. */
export function exhaustion(standing: BudgetStanding, nowMs: number): Exhaustion {
  const { period, resetsAtMs } = standing
  const periodName = PERIOD_NAMES[period]
  return {
    message: sentenceOf(standing),
    retryAfterSeconds: resetsAtMs === null ? null : Math.max(1, Math.ceil((resetsAtMs - nowMs) / 1000)),
    headers: {
      [`${UNIFIED}-status`]: 'rejected',
      ...resetHeaders(standing),
      [`${UNIFIED}-overage-utilization`]: '1',
      [`${UNIFIED}-overage-surpassed-threshold`]: '1',
      ...(periodName !== null && { [`${UNIFIED}-overage-period`]: periodName }),
      [`${UNIFIED}-overage-disabled-reason`]: 'org_spend_cap_reached',
    },
  }
}

/** Clients print it as it is. */
function sentenceOf(standing: BudgetStanding): string {
  const { period, timeZone, isShared, limitNanoUsd, resetsAtMs } = standing
  const whose = isShared ? 'your team’s' : 'this key’s'
  const which = `${whose} ${PERIOD_NAMES[period] ?? 'whole'} budget of ${dollars(limitNanoUsd)} is spent`
  if (resetsAtMs === null)
    return `spend limit reached · does not reset · ${which}: ask the operator of the gateway for more`
  const moment = momentIn(timeZone, resetsAtMs)
  return `spend limit reached · resets ${moment} · ${which}: wait until then, or ask the operator of the gateway for more`
}

/** `Aug 8, 00:00 UTC`. */
function momentIn(timeZone: string, atMs: number): string {
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat('en-US', { timeZone, ...options }).format(atMs)
  const day = format({ month: 'short', day: 'numeric' })
  const time = format({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  return `${day}, ${time} ${timeZone}`
}

const dollars = (nanoUsd: number): string => {
  const usd = nanoUsd / 1_000_000_000
  return `$${usd < 0.01 ? String(usd) : usd.toFixed(2)}`
}

/** From which part of a budget on its holder is warned, the highest first. */
const THRESHOLDS = [0.95, 0.75] as const
/** Rule E6: below 1 while allowed. */
const UTILIZATION_MAX = 0.99

/** Rule E6: what a key with a budget reads on success. */
export function standingHeaders(standing: BudgetStanding): StandingHeaders {
  const used = utilization(standing)
  const surpassed = THRESHOLDS.find((threshold) => used >= threshold)
  const status = surpassed === undefined ? 'allowed' : 'allowed_warning'
  const shown = Math.min(Math.floor(used * 100) / 100, UTILIZATION_MAX)
  return {
    [`${UNIFIED}-status`]: status,
    ...resetHeaders(standing),
    [`${UNIFIED}-representative-claim`]: 'overage',
    [`${UNIFIED}-overage-status`]: status,
    [`${UNIFIED}-overage-utilization`]: shown.toFixed(2),
    ...(surpassed !== undefined && { [`${UNIFIED}-overage-surpassed-threshold`]: String(surpassed) }),
  }
}
