/** How a key stands with its budgets, in the words and headers that clients understand. Contract rules E5 and E6. Pure. */
import type { BudgetPeriod } from '@claude-gateway/contract/budget.ts'
import { type Reason, reason } from '@claude-gateway/contract/reason.ts'

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
  readonly reason: Reason
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

/** Whole names: one that is put together is another text each time. */
const STATUS = 'anthropic-ratelimit-unified-status'
const RESET = 'anthropic-ratelimit-unified-reset'
const CLAIM = 'anthropic-ratelimit-unified-representative-claim'
const OVERAGE_STATUS = 'anthropic-ratelimit-unified-overage-status'
const OVERAGE_RESET = 'anthropic-ratelimit-unified-overage-reset'
const OVERAGE_PERIOD = 'anthropic-ratelimit-unified-overage-period'
const OVERAGE_UTILIZATION = 'anthropic-ratelimit-unified-overage-utilization'
const OVERAGE_SURPASSED = 'anthropic-ratelimit-unified-overage-surpassed-threshold'
const OVERAGE_DISABLED_REASON = 'anthropic-ratelimit-unified-overage-disabled-reason'

const secondsOf = (atMs: number): string => String(Math.floor(atMs / 1000))

/** Unix seconds of the reset, under both names; nothing where there is none. */
function resetHeaders({ resetsAtMs }: BudgetStanding): StandingHeaders {
  if (resetsAtMs === null) return {}
  const seconds = secondsOf(resetsAtMs)
  return { [RESET]: seconds, [OVERAGE_RESET]: seconds }
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
    reason: reasonOf(standing),
    retryAfterSeconds: resetsAtMs === null ? null : Math.max(1, Math.ceil((resetsAtMs - nowMs) / 1000)),
    headers: {
      [STATUS]: 'rejected',
      ...resetHeaders(standing),
      [OVERAGE_UTILIZATION]: '1',
      [OVERAGE_SURPASSED]: '1',
      ...(periodName !== null && { [OVERAGE_PERIOD]: periodName }),
      [OVERAGE_DISABLED_REASON]: 'org_spend_cap_reached',
    },
  }
}

/** Clients print it as it is. */
function reasonOf({ period, timeZone, isShared, limitNanoUsd, resetsAtMs }: BudgetStanding): Reason {
  const which = {
    whose: reason(isShared ? 'budget_of_team' : 'budget_of_key'),
    period: reason(`budget_${period}`),
    limit_nano_usd: limitNanoUsd,
  }
  return resetsAtMs === null
    ? reason('error_budget_spent', which)
    : reason('error_budget_resets', { resets_at_ms: resetsAtMs, zone: timeZone, ...which })
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
  // One after the other: with every answer they are made anew, and spreading objects takes longer than all the rest.
  const headers: Record<string, string> = { [STATUS]: status }
  if (standing.resetsAtMs !== null) headers[RESET] = headers[OVERAGE_RESET] = secondsOf(standing.resetsAtMs)
  headers[CLAIM] = 'overage'
  headers[OVERAGE_STATUS] = status
  headers[OVERAGE_UTILIZATION] = shown.toFixed(2)
  if (surpassed !== undefined) headers[OVERAGE_SURPASSED] = String(surpassed)
  return headers
}
