import type { BetaUsage } from '@anthropic-ai/sdk/resources/beta/messages/messages.js'
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

describe('E2: cache writes by lifetime', () => {
  const split = (for5m: number, for1h: number) => ({ cacheWrite5mTokens: for5m, cacheWrite1hTokens: for1h })

  test.each([
    ['a bare total is 5 minutes', { cache_creation_input_tokens: 900 }, split(900, 0)],
    [
      'a split that adds up',
      { cache_creation_input_tokens: 900, cache_creation: c(300, 600) },
      split(300, 600),
    ],
    ['a split alone', { cache_creation: c(300, 600) }, split(300, 600)],
    [
      'the 1 h part alone',
      { cache_creation_input_tokens: 900, cache_creation: c(undefined, 600) },
      split(300, 600),
    ],
    ['the 5 min part alone', { cache_creation_input_tokens: 900, cache_creation: c(900) }, split(900, 0)],
    [
      'a total beyond its split',
      { cache_creation_input_tokens: 1000, cache_creation: c(300, 600) },
      split(400, 600),
    ],
    [
      'a split beyond its total',
      { cache_creation_input_tokens: 10, cache_creation: c(300, 600) },
      split(300, 600),
    ],
    ['a total beside no split', { cache_creation_input_tokens: 900, cache_creation: null }, split(900, 0)],
    ['a split of rubbish', { cache_creation_input_tokens: 900, cache_creation: c(-1, 0.5) }, split(900, 0)],
  ])('%s', (_, report, writes) => {
    expect(usageFromMessage({ input_tokens: 1, ...report })).toEqual(usage({ inputTokens: 1, ...writes }))
  })

  test.each([
    ['the same total keeps the split', 3000, split(1000, 2000)],
    ['what is written beyond it is 5 minutes', 3500, split(1500, 2000)],
    ['a smaller total cuts the 5 min part first', 2500, split(500, 2000)],
    ['a total below the 1 h part cuts it', 1500, split(0, 1500)],
  ])('after message_start gave 1000 + 2000: %s', (_, total, writes) => {
    const report = { input_tokens: 12, cache_creation_input_tokens: total }
    expect(applyMessageDelta(afterStart(), report)).toEqual({ ...AFTER_START, ...writes })
  })

  test('iterations that add up to a bare total tell its split', () => {
    const turn = { type: 'message', cache_creation_input_tokens: 1750, cache_creation: c(0, 1750) }
    const report = { input_tokens: 12, cache_creation_input_tokens: 3500, iterations: [turn, turn] }
    expect(applyMessageDelta(afterStart(), report)).toEqual({ ...AFTER_START, ...split(0, 3500) })
  })

  test('iterations that do not add up to it are not believed', () => {
    const turn = { type: 'message', cache_creation_input_tokens: 10, cache_creation: c(0, 10) }
    const report = { input_tokens: 12, cache_creation_input_tokens: 3500, iterations: [turn] }
    expect(applyMessageDelta(afterStart(), report)).toEqual({ ...AFTER_START, ...split(1500, 2000) })
  })

  function c(for5m?: number, for1h?: number) {
    return { ephemeral_5m_input_tokens: for5m, ephemeral_1h_input_tokens: for1h }
  }
})

describe('E2: what else is billed', () => {
  test('web searches, in a delta too; fetches cost nothing', () => {
    const report = { output_tokens: 2, server_tool_use: { web_search_requests: 3, web_fetch_requests: 9 } }
    expect(applyMessageDelta(afterStart(), report)).toEqual({ ...AFTER_START, webSearchRequests: 3 })
  })

  test('compaction and advisor iterations lie outside the totals, each with its own model', () => {
    const report = {
      input_tokens: 23_000,
      output_tokens: 1000,
      iterations: [
        { type: 'compaction', input_tokens: 180_000, output_tokens: 3500, cache_creation: null },
        { type: 'message', model: 'claude-sonnet-5', input_tokens: 23_000, output_tokens: 1000 },
        {
          type: 'advisor_message',
          model: 'claude-opus-5-5',
          input_tokens: 800,
          output_tokens: 1600,
          cache_read_input_tokens: 20,
          cache_creation_input_tokens: 70,
          cache_creation: { ephemeral_5m_input_tokens: 0, ephemeral_1h_input_tokens: 70 },
        },
      ],
    }
    const none = { cacheReadTokens: 0, cacheWrite5mTokens: 0, cacheWrite1hTokens: 0 }
    expect(usageFromMessage(report)).toEqual(
      usage({
        inputTokens: 23_000,
        outputTokens: 1000,
        extraIterations: [
          { type: 'compaction', model: null, inputTokens: 180_000, outputTokens: 3500, ...none },
          {
            type: 'advisor_message',
            model: 'claude-opus-5-5',
            inputTokens: 800,
            outputTokens: 1600,
            cacheReadTokens: 20,
            cacheWrite5mTokens: 0,
            cacheWrite1hTokens: 70,
          },
        ],
      }),
    )
  })

  test('a later list of iterations replaces the earlier one; none keeps it', () => {
    const first = applyMessageDelta(afterStart(), { iterations: [{ type: 'compaction', output_tokens: 5 }] })
    const same = applyMessageDelta(first, { iterations: null, output_tokens: 7 })
    expect(same.extraIterations).toEqual(first.extraIterations)
    const twice = [
      { type: 'compaction', output_tokens: 5 },
      { type: 'compaction', output_tokens: 6 },
    ]
    expect(
      applyMessageDelta(same, { iterations: twice }).extraIterations.map((one) => one.outputTokens),
    ).toEqual([5, 6])
  })

  test.each([
    [null],
    [7],
    ['compaction'],
    [[]],
    [{ type: 'sampling', output_tokens: 5 }],
    [{ output_tokens: 5 }],
  ])('an iteration that is %j is passed over', (iteration) => {
    expect(usageFromMessage({ output_tokens: 1, iterations: [iteration] })).toEqual(
      usage({ outputTokens: 1 }),
    )
  })

  test('of an endless list of iterations the first thousand are read', () => {
    const iterations = Array.from({ length: 5000 }, () => ({ type: 'compaction', output_tokens: 1 }))
    expect(usageFromMessage({ iterations }).extraIterations).toHaveLength(1000)
  })
})

describe('E2: a fallback answered', () => {
  const declined = { type: 'message', model: 'claude-fable-5', input_tokens: 400, output_tokens: 0 }
  const served = { type: 'fallback_message', model: 'claude-opus-4-8', input_tokens: 412, output_tokens: 264 }

  test('fallback_message names the model that answered', () => {
    const report = { input_tokens: 412, output_tokens: 264, iterations: [declined, served] }
    expect(usageFromMessage(report)).toEqual(
      usage({ inputTokens: 412, outputTokens: 264, fallbackModel: 'claude-opus-4-8' }),
    )
  })

  test('an attempt that wrote before it declined is billed apart where the totals hold the fallback alone', () => {
    const wrote = { ...declined, output_tokens: 30 }
    const report = { input_tokens: 412, output_tokens: 264, iterations: [wrote, served] }
    expect(usageFromMessage(report).extraIterations).toEqual([
      {
        type: 'message',
        model: 'claude-fable-5',
        inputTokens: 400,
        outputTokens: 30,
        cacheReadTokens: 0,
        cacheWrite5mTokens: 0,
        cacheWrite1hTokens: 0,
      },
    ])
  })

  test('but not where the totals hold it as well', () => {
    const wrote = { ...declined, output_tokens: 30 }
    const report = { input_tokens: 812, output_tokens: 294, iterations: [wrote, served] }
    expect(usageFromMessage(report).extraIterations).toEqual([])
  })

  test('turns of the fallback itself are in the totals', () => {
    const turn = { ...served, type: 'message' }
    const report = { input_tokens: 824, output_tokens: 528, iterations: [turn, served] }
    expect(usageFromMessage(report)).toMatchObject({ extraIterations: [], fallbackModel: 'claude-opus-4-8' })
  })

  test('a fallback in mid-stream moves the prompt from one cache to another', () => {
    const report = {
      input_tokens: 12,
      cache_read_input_tokens: 0,
      cache_creation_input_tokens: 53_000,
      output_tokens: 80,
      iterations: [{ type: 'fallback_message', model: 'claude-opus-4-8' }],
    }
    expect(applyMessageDelta(afterStart(), report)).toMatchObject({
      cacheReadTokens: 0,
      cacheWrite5mTokens: 51_000,
      cacheWrite1hTokens: 2000,
      fallbackModel: 'claude-opus-4-8',
    })
  })
})
