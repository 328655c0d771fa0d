/** What a stored request was charged can be computed again from its row alone. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { chargeFor, type Tariff } from '../../src/domain/charge.ts'
import { priceList } from '../../src/domain/price-list.ts'
import { readPrice } from '../../src/store/price-json.ts'
import { recharged, spentIn } from '../../src/store/stored-charge.ts'
import { chargedRecord, spendings } from '../support/charged-requests.ts'
import { priceRow, ratesOf } from '../support/price-row.ts'
import { attempt, toRow, usageOf } from './records.ts'

const ROWS = [
  priceRow('unknown', 5),
  priceRow('claude-sonnet-5', 2.000_000_001, { longPrompt: { overTokens: 200_000, rates: ratesOf(4) } }),
  priceRow('claude-opus-5', 5, { fast: ratesOf(10) }),
  priceRow('claude-sonnet-5', 1, { origin: 'operator', channelId: 2 }),
]
const tariffOf = (channelId: number): Tariff => ({
  prices: priceList(ROWS, { channelId }),
  multiplierMillionths: channelId === 2 ? 512_345 : 1_000_000,
})
const dearer = (channelId: number): Tariff => ({ ...tariffOf(channelId), multiplierMillionths: 2_000_000 })

describe('re-pricing a stored request', () => {
  test('with the prices that it was charged by changes nothing, whatever failed and whatever was iterated', () => {
    fc.assert(
      fc.property(spendings, (spent) => {
        const row = toRow(chargedRecord(spent, tariffOf))
        const known = spentIn(row)
        expect(known).toEqual(spent)
        expect(recharged(row, chargeFor(known ?? [], tariffOf, row.started_at_ms))).toBeNull()
      }),
    )
  })

  test('with other prices makes it what it would have been, and there and back is where it was', () => {
    fc.assert(
      fc.property(spendings, (spent) => {
        const row = toRow(chargedRecord(spent, tariffOf))
        const request_id = row.request_id
        const then = { ...row, ...recharged(row, chargeFor(spent, dearer, row.started_at_ms)) }
        expect(then).toEqual({ ...toRow(chargedRecord(spent, dearer)), request_id })
        const back = recharged(then, chargeFor(spentIn(then) ?? [], tariffOf, row.started_at_ms))
        expect({ ...then, ...back }).toEqual(row)
      }),
    )
  })

  test('of an older version is possible only where the row tells all', () => {
    const spent = [{ usage: usageOf(), model: 'claude-sonnet-5', channelId: 1, isFailed: false }]
    const row = toRow(chargedRecord(spent, tariffOf))
    const { usage_estimated: _new, ...oldPrice } = readPrice(row.price ?? '')
    const old = { ...row, price: JSON.stringify(oldPrice) }
    expect(spentIn(old)).toEqual(spent)
    expect(spentIn({ ...old, cost_estimated: 1 })).toBeNull()
    expect(spentIn({ ...old, attempts: JSON.stringify([attempt, attempt]) })).toBeNull()
  })
})
