/** How the figures at the top are compared with the period before. */
import type { StatsTotals } from '@claude-gateway/contract/stats.ts'
import { expect, test } from 'vitest'
import { changeOf } from './headline-figures.ts'

const totals = (own: Partial<StatsTotals>) => own as StatsTotals

test('a count is compared by percent of what it was, and is neither good nor bad', () => {
  const change = changeOf('requests', totals({ requests: 150 }), totals({ requests: 100 }))
  expect(change).toEqual({ by: 0.5, direction: 'up', tone: 'neutral' })
})

test('a share is compared in points', () => {
  const change = changeOf('success', totals({ success_rate: 0.9 }), totals({ success_rate: 0.95 }))
  expect(change).toMatchObject({ direction: 'down', tone: 'bad' })
  expect(change?.by).toBeCloseTo(0.05)
})

test('waiting less is good', () => {
  const change = changeOf(
    'firstContent',
    totals({ first_content_p50_ms: 500 }),
    totals({ first_content_p50_ms: 1000 }),
  )
  expect(change).toEqual({ by: 0.5, direction: 'down', tone: 'good' })
})

test('with nothing before there is nothing to compare', () => {
  expect(changeOf('cost', totals({ cost_nano_usd: 5 }), totals({ cost_nano_usd: 0 }))).toBeNull()
  expect(changeOf('cost', totals({ cost_nano_usd: 5 }), undefined)).toBeNull()
  expect(changeOf('cache', totals({ cache_hit_share: null }), totals({ cache_hit_share: 0.5 }))).toBeNull()
})
