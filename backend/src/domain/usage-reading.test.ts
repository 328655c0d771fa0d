import type { BetaUsage } from '@anthropic-ai/sdk/resources/beta/messages/messages.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { emptyUsage, type Usage } from './usage.ts'
import { applyMessageDelta, applyMessageStart, usageFromMessage } from './usage-reading.ts'

const usage = (known: Partial<Usage>): Usage => ({ ...emptyUsage(), ...known })

/** `message_start.message.usage` as Anthropic sends it: every field that the SDK knows. */
const START = {
  input_tokens: 12,
  cache_creation_input_tokens: 3000,
  cache_read_input_tokens: 50_000,
  cache_creation: { ephemeral_5m_input_tokens: 1000, ephemeral_1h_input_tokens: 2000 },
  output_tokens: 2,
  service_tier: 'standard',
  inference_geo: 'us',
  speed: 'fast',
  server_tool_use: null,
  iterations: null,
  fallback_credit: null,
  output_tokens_details: null,
} satisfies BetaUsage
const AFTER_START = usage({
  inputTokens: 12,
  outputTokens: 2,
  cacheReadTokens: 50_000,
  cacheWrite5mTokens: 1000,
  cacheWrite1hTokens: 2000,
  serviceTier: 'standard',
  inferenceGeo: 'us',
  speed: 'fast',
})
const afterStart = () => applyMessageStart(emptyUsage(), START)

describe('E1: message_start first, then cumulative deltas, field by field', () => {
  test('message_start tells all it has', () => {
    expect(afterStart()).toEqual(AFTER_START)
  })

  test('a delta replaces and never adds', () => {
    const once = applyMessageDelta(afterStart(), { output_tokens: 100 })
    expect(applyMessageDelta(once, { output_tokens: 250 })).toEqual({ ...AFTER_START, outputTokens: 250 })
  })

  test.each([
    ['absent', {}],
    [
      'null',
      { input_tokens: null, output_tokens: null, cache_read_input_tokens: null, server_tool_use: null },
    ],
    ['of a wrong type', { input_tokens: '7', output_tokens: true, cache_read_input_tokens: [1], speed: 3 }],
    ['negative', { input_tokens: -1, output_tokens: -5, cache_creation_input_tokens: -1 }],
    ['fractional', { input_tokens: 1.5, output_tokens: 0.1 }],
    ['not a number', { input_tokens: Number.NaN, output_tokens: Number.POSITIVE_INFINITY }],
    ['absurdly large', { input_tokens: 1e15, output_tokens: 2e9, cache_creation_input_tokens: 1e300 }],
    ['empty or endless text', { service_tier: '', speed: 'f'.repeat(201) }],
    ['a list', { cache_creation: [], server_tool_use: [4], iterations: {} }],
  ])('a field that is %s keeps its value', (_, report) => {
    expect(applyMessageDelta(afterStart(), report)).toEqual(AFTER_START)
  })

  test.each([[undefined], [null], ['usage'], [7], [[]], [() => 1]])(
    'a report that is %s changes nothing',
    (report) => {
      expect(applyMessageDelta(afterStart(), report)).toEqual(AFTER_START)
    },
  )

  test('a delta corrects counts downwards too', () => {
    const corrected = applyMessageDelta(afterStart(), {
      input_tokens: 3,
      cache_read_input_tokens: 0,
      output_tokens: 0,
    })
    expect(corrected).toEqual({ ...AFTER_START, inputTokens: 3, cacheReadTokens: 0, outputTokens: 0 })
  })

  test('a delta whose whole prompt is zero was filled in by a relay, and only its output counts', () => {
    const zeros = {
      input_tokens: 0,
      cache_read_input_tokens: 0,
      cache_creation_input_tokens: 0,
      output_tokens: 90,
    }
    expect(applyMessageDelta(afterStart(), zeros)).toEqual({ ...AFTER_START, outputTokens: 90 })
  })

  test('a relay that knows nothing at the start tells all in the delta', () => {
    const start = applyMessageStart(emptyUsage(), { input_tokens: 0, output_tokens: 0 })
    expect(
      applyMessageDelta(start, { input_tokens: 40, output_tokens: 9, cache_read_input_tokens: 5 }),
    ).toEqual(usage({ inputTokens: 40, outputTokens: 9, cacheReadTokens: 5 }))
  })

  test('the usage of a JSON body is final', () => {
    expect(usageFromMessage(START)).toEqual(AFTER_START)
    expect(usageFromMessage(undefined)).toEqual(emptyUsage())
  })

  test('what was known is not changed in place', () => {
    const known = Object.freeze(afterStart())
    applyMessageDelta(known, { output_tokens: 9, iterations: [{ type: 'compaction', output_tokens: 4 }] })
    expect(known).toEqual(AFTER_START)
  })
})

describe('for whatever an upstream sends', () => {
  const counts = fc.option(fc.nat(2_000_000), { nil: undefined })
  const report = fc.record({
    input_tokens: counts,
    output_tokens: counts,
    cache_read_input_tokens: counts,
    cache_creation_input_tokens: counts,
    server_tool_use: fc.record({ web_search_requests: counts }),
  })
  const hostileKey = fc.constantFrom(
    ...[
      'input_tokens',
      'output_tokens',
      'cache_read_input_tokens',
      'cache_creation_input_tokens',
      'cache_creation',
    ],
    ...['ephemeral_1h_input_tokens', 'ephemeral_5m_input_tokens', 'server_tool_use', 'web_search_requests'],
    ...['iterations', 'type', 'model', 'speed', 'service_tier', 'inference_geo', '__proto__', 'constructor'],
  )
  const hostile = fc.anything({ key: hostileKey, withBigInt: true, withNullPrototype: true, maxDepth: 4 })

  test('C1: nothing throws, and every count is a whole number from 0 to a billion', () => {
    fc.assert(
      fc.property(hostile, hostile, (start, delta) => {
        const read = applyMessageDelta(applyMessageStart(emptyUsage(), start), delta)
        for (const part of [read, ...read.extraIterations]) {
          for (const value of Object.values(part)) {
            if (typeof value === 'number') expect(Number.isInteger(value) && value >= 0).toBe(true)
          }
        }
        expect(Number.isInteger(read.webSearchRequests)).toBe(true)
      }),
      { numRuns: 2000 },
    )
  })

  test('E1: a delta told twice is a delta told once', () => {
    fc.assert(
      fc.property(report, report, (start, delta) => {
        const once = applyMessageDelta(applyMessageStart(emptyUsage(), start), delta)
        expect(applyMessageDelta(once, delta)).toEqual(once)
      }),
    )
  })

  test('E1: of several deltas that tell all, the last alone decides', () => {
    const whole = fc.record({
      input_tokens: fc.integer({ min: 1, max: 1_000_000 }),
      output_tokens: fc.nat(100_000),
      cache_read_input_tokens: fc.nat(1_000_000),
      cache_creation_input_tokens: fc.nat(1_000_000),
    })
    fc.assert(
      fc.property(fc.array(whole), whole, (earlier, last) => {
        const all = [...earlier, last].reduce<Usage>(
          (known, delta) => applyMessageDelta(known, delta),
          emptyUsage(),
        )
        expect(all).toEqual(usageFromMessage(last))
      }),
    )
  })

  test('E1: deltas that speak of different fields may come in any order', () => {
    fc.assert(
      fc.property(fc.nat(1000), fc.nat(1000), fc.nat(9), (input, output, searches) => {
        const deltas = [
          { input_tokens: input },
          { output_tokens: output },
          { server_tool_use: { web_search_requests: searches } },
        ]
        const inOrder = deltas.reduce<Usage>((known, delta) => applyMessageDelta(known, delta), afterStart())
        const reversed = deltas.reduceRight<Usage>(
          (known, delta) => applyMessageDelta(known, delta),
          afterStart(),
        )
        expect(reversed).toEqual(inOrder)
      }),
    )
  })

  test('E2: a bare total is split without a token lost or made up', () => {
    fc.assert(
      fc.property(fc.nat(100_000), fc.nat(100_000), fc.nat(300_000), (for5m, for1h, total) => {
        const start = {
          cache_creation: { ephemeral_5m_input_tokens: for5m, ephemeral_1h_input_tokens: for1h },
        }
        const known = applyMessageStart(emptyUsage(), start)
        const read = applyMessageDelta(known, { input_tokens: 1, cache_creation_input_tokens: total })
        expect(read.cacheWrite5mTokens + read.cacheWrite1hTokens).toBe(total)
      }),
    )
  })
})
