/** What a row of the log holds as JSON, by place: whole again when it is read, and read as well where an older version wrote it. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Tariff } from '../../src/domain/charge.ts'
import type { Decision } from '../../src/domain/decision.ts'
import { priceList } from '../../src/domain/price-list.ts'
import { readAttempts, readAttemptViews, writeAttempts } from '../../src/store/attempts-json.ts'
import { readDecision, writeDecision } from '../../src/store/decision-json.ts'
import { usageColumns, usageOf as usageIn } from '../../src/store/usage-columns.ts'
import { chargedRecord, spendings } from '../support/charged-requests.ts'
import { priceRow } from '../support/price-row.ts'
import { attempt, usageOf } from './records.ts'

const tariff: Tariff = { prices: priceList([priceRow('unknown', 5)], {}), multiplierMillionths: 1_000_000 }
const charged = spendings.map((spent) => chargedRecord(spent, () => tariff))

test('attempts read back as they were written, with what they spent', () => {
  fc.assert(
    fc.property(charged, ({ attempts }) => {
      expect(readAttempts(writeAttempts(attempts))).toEqual(attempts)
    }),
  )
})

const NAMED_SPENT = {
  model: 'claude-sonnet-5',
  cost_nano_usd: 7,
  usage: {
    input_tokens: 1000,
    output_tokens: 500,
    cache_read_tokens: 0,
    cache_write_5m_tokens: 0,
    cache_write_1h_tokens: 0,
    web_search_requests: 0,
  },
  details:
    '{"service_tier":"standard","speed":null,"inference_geo":null,"extra_iterations":[],"fallback_model":null}',
  estimated: false,
}

test('attempts that an older version wrote, with the names of their fields, are the same attempts', () => {
  const spent = { model: 'claude-sonnet-5', costNanoUsd: 7, usage: usageOf() }
  const limited = { ...attempt, result: 'limited', reason: 'is limited: 429' }
  const now = writeAttempts([{ ...limited, spent }, attempt])
  const before = JSON.stringify([{ ...limited, spent: NAMED_SPENT }, attempt])
  expect(readAttempts(before)).toEqual(readAttempts(now))
  expect(readAttemptViews(before)).toEqual(readAttemptViews(now))
  expect(now.length).toBeLessThan(before.length / 1.5)
})

test('what is no list of attempts is refused', () => {
  for (const text of ['null', '{}', '[1]x', '[1,2]', '[1,[]]', '[1,["first",1]]', '[{}]'])
    expect(() => readAttempts(text)).toThrow()
})

const id = fc.nat()
const decisions: fc.Arbitrary<Decision> = fc.record({
  session: fc.constantFrom(null, 'header', 'metadata', 'prompt'),
  warmChannelId: fc.option(id),
  candidates: fc.array(fc.record({ id, last: fc.constantFrom('full', 'limited') }, { requiredKeys: ['id'] })),
  leftOut: fc.array(
    fc.record(
      { id, reason: fc.constantFrom('disabled', 'breaker_open'), untilMs: fc.nat() },
      { requiredKeys: ['id', 'reason'] },
    ),
  ),
})

test('a decision reads back as it was written, with the names of its fields as well, which older versions wrote', () => {
  fc.assert(
    fc.property(decisions, (decision) => {
      expect(readDecision(writeDecision(decision))).toEqual(decision)
      expect(readDecision(JSON.stringify(decision))).toEqual(decision)
    }),
  )
})

test('a decision that this version does not understand is none', () => {
  for (const text of [
    '',
    'null',
    '[]',
    '["header",1,[[1,"moody"]],[]]',
    '["header",1,[1],[[1,"moody",null]]]',
  ])
    expect(readDecision(text)).toBeNull()
})

test('what a usage says beyond its counts reads back, also where an older version wrote it with its names', () => {
  const usage = usageOf({ speed: 'fast', fallbackModel: 'claude-opus-5' })
  const columns = usageColumns(usage)
  expect(columns.usage_details).toBe('["standard","fast",null,[],"claude-opus-5"]')
  expect(usageIn(columns)).toEqual(usage)
  const named = { service_tier: 'standard', speed: 'fast', inference_geo: null, extra_iterations: [] }
  const older = JSON.stringify({ ...named, fallback_model: 'claude-opus-5' })
  expect(usageIn({ ...columns, usage_details: older })).toEqual(usage)
})
