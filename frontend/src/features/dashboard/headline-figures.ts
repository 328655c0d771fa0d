/** The six figures at the top: what each one is, how it went, and how it was in the period before. Pure. */
import type { StatsTotals } from '@claude-gateway/contract/stats.ts'
import { allTokens } from './measures.ts'

export const HEADLINES = ['requests', 'success', 'cost', 'tokens', 'cache', 'firstContent'] as const
export type Headline = (typeof HEADLINES)[number]

interface Figure {
  readonly of: (totals: StatsTotals) => number | null
  /** A share is compared in percentage points, all else in percent of what it was. */
  readonly isShare: boolean
  /** Which way is good; null where neither is. */
  readonly good: 'up' | 'down' | null
}

export const FIGURES = {
  requests: { of: ({ requests }) => requests, isShare: false, good: null },
  success: { of: ({ success_rate }) => success_rate, isShare: true, good: 'up' },
  cost: { of: ({ cost_nano_usd }) => cost_nano_usd, isShare: false, good: null },
  tokens: { of: allTokens, isShare: false, good: null },
  cache: { of: ({ cache_hit_share }) => cache_hit_share, isShare: true, good: 'up' },
  firstContent: { of: ({ first_content_p50_ms }) => first_content_p50_ms, isShare: false, good: 'down' },
} as const satisfies Record<Headline, Figure>

export interface Change {
  /** By so much, from 0 on: a share of what it was, or percentage points as a share. */
  readonly by: number
  readonly direction: 'up' | 'down' | 'none'
  readonly tone: 'good' | 'bad' | 'neutral'
}

/** Less than this is no change, a thousandth. */
const NOISE = 0.0005

/** Null where there is nothing to compare with. */
export function changeOf(name: Headline, now: StatsTotals, before: StatsTotals | undefined): Change | null {
  const { of, isShare, good } = FIGURES[name]
  const [is, was] = [of(now), before ? of(before) : null]
  if (is === null || was === null || (was === 0 && !isShare)) return null
  const change = isShare ? is - was : (is - was) / was
  if (Math.abs(change) < NOISE) return { by: 0, direction: 'none', tone: 'neutral' }
  const direction = change > 0 ? 'up' : 'down'
  if (good === null) return { by: Math.abs(change), direction, tone: 'neutral' }
  return { by: Math.abs(change), direction, tone: direction === good ? 'good' : 'bad' }
}

/** How requests end that were not answered in full; each has a log of its own. */
const LOST = ['failed', 'truncated', 'client_gone'] as const

/** The one of these that came most often; null where none came. */
export function mostLost(totals: StatsTotals): { outcome: (typeof LOST)[number]; count: number } | null {
  const [most] = LOST.map((outcome) => ({ outcome, count: totals[outcome] })).sort(
    (a, b) => b.count - a.count,
  )
  return most && most.count > 0 ? most : null
}
