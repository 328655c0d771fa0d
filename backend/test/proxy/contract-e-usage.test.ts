/** Rules E1 and E2: usage of every kind, read from JSON answers and from streams, as it stands in the log. */
import type { RequestLogView } from '@claude-gateway/contract/request-log.ts'
import { expect, test } from 'vitest'
import type { Script } from '../support/fake-upstream/answer.ts'
import { event } from '../support/fake-upstream/event-stream.ts'
import { handmadeStream, message, streamedMessage } from '../support/fake-upstream/messages.ts'
import { compressed, lineEnds } from '../support/fake-upstream/rewriting.ts'
import { dripped } from '../support/fake-upstream/timing.ts'
import { iteration } from '../support/fake-upstream/usage.ts'
import { messageFor } from '../support/gateway.ts'
import { startStand } from '../support/stand.ts'
import { BLOCK, delta, ending, STOP, start } from './frames.ts'
import { ask } from './live-client.ts'
import { rowOf } from './row-of.ts'

const { gateway, upstream } = await startStand()

async function rowFor(script: Script, stream: boolean, model = 'claude-sonnet-5'): Promise<RequestLogView> {
  upstream.answer(script)
  return rowOf(gateway, await ask(gateway, messageFor(model, { stream })))
}

/** Nano-dollars of claude-sonnet-5: 2 and 10 dollars a million, cache 0.20 read, 2.50 and 4 written; search 0.01. */
const COST = 100 * 2000 + 200 * 10_000 + 1000 * 200 + 300 * 2500 + 400 * 4000 + 3 * 10_000_000
const USED = {
  input_tokens: 100,
  output_tokens: 200,
  cache_read_tokens: 1000,
  cache_write_5m_tokens: 300,
  cache_write_1h_tokens: 400,
  web_search_requests: 3,
}
const ALL_KINDS = message({
  usage: {
    input_tokens: 100,
    output_tokens: 200,
    cache_read_input_tokens: 1000,
    cache_creation: { ephemeral_5m_input_tokens: 300, ephemeral_1h_input_tokens: 400 },
    server_tool_use: { web_search_requests: 3, web_fetch_requests: 9 },
    output_tokens_details: { thinking_tokens: 150 },
  },
})

const FORMS: readonly (readonly [string, boolean, Script])[] = [
  ['a JSON answer', false, ALL_KINDS],
  ['a JSON answer in small pieces', false, dripped(ALL_KINDS, [7])],
  ['a compressed JSON answer', false, compressed(ALL_KINDS, 'br')],
  ['a stream', true, ALL_KINDS],
  ['a stream in small pieces', true, dripped(ALL_KINDS, [7])],
  ['a stream with CRLF', true, lineEnds(ALL_KINDS, '\r\n')],
  ['a compressed stream', true, compressed(ALL_KINDS, 'gzip')],
]

for (const [form, stream, script] of FORMS) {
  test(`E1, E2: every kind of usage in ${form} is counted and charged`, async () => {
    const row = await rowFor(script, stream)
    expect(row).toMatchObject({ outcome: 'completed', streamed: stream, usage: USED, cost_nano_usd: COST })
    expect(row.cost_estimated).toBe(false)
    const lines = row.price?.lines ?? []
    expect(lines.map(({ kind, quantity }) => [kind, quantity]).sort()).toEqual([
      ['cache_read', 1000],
      ['cache_write_1h', 400],
      ['cache_write_5m', 300],
      ['input', 100],
      ['output', 200],
      ['web_search', 3],
    ])
    expect(lines.reduce((sum, { amount_nano_usd }) => sum + amount_nano_usd, 0)).toBe(COST)
  })
}

const streamWith = (startUsage: object, ...deltaUsages: object[]): Script =>
  handmadeStream([
    start('claude-sonnet-5', startUsage),
    BLOCK,
    delta('Hi'),
    ...deltaUsages.map((usage) => ending(usage)),
    STOP,
  ])

test('E1: message_delta is cumulative: it replaces what it names, and what it lacks stays', async () => {
  const atStart = { input_tokens: 10, output_tokens: 1, cache_read_input_tokens: 50 }
  const { usage } = await rowFor(streamWith(atStart, { output_tokens: 20 }), true)
  expect(usage).toMatchObject({ input_tokens: 10, output_tokens: 20, cache_read_tokens: 50 })
  const twice = [{ output_tokens: 20 }, { output_tokens: 35, input_tokens: 12 }]
  const later = (await rowFor(streamWith(atStart, ...twice), true)).usage
  expect(later).toMatchObject({ input_tokens: 12, output_tokens: 35, cache_read_tokens: 50 })
})

test('E1: a report of nothing but zeros, as some relays send it, takes nothing back', async () => {
  const atStart = { input_tokens: 10, output_tokens: 1, cache_read_input_tokens: 50 }
  const zeros = { input_tokens: 0, output_tokens: 20, cache_read_input_tokens: 0 }
  const { usage } = await rowFor(streamWith(atStart, zeros), true)
  expect(usage).toMatchObject({ input_tokens: 10, output_tokens: 20, cache_read_tokens: 50 })
})

test('E1: null and missing fields are no counts', async () => {
  const nulls = { output_tokens: 20, input_tokens: null, cache_creation: null, server_tool_use: null }
  const { usage } = await rowFor(streamWith({ input_tokens: 10, output_tokens: 1 }, nulls), true)
  expect(usage).toMatchObject({ input_tokens: 10, output_tokens: 20, web_search_requests: 0 })
})

test('E1: a stream without event names is read by the type in its data', async () => {
  const bare = [start(), BLOCK, delta('Hi'), ending({ output_tokens: 31 }), STOP].map((frame) =>
    Buffer.from(frame.toString().replace(/^event: .*\n/, '')),
  )
  const row = await rowFor(handmadeStream(bare), true)
  expect(row).toMatchObject({ outcome: 'completed', usage: { input_tokens: 25, output_tokens: 31 } })
})

test('E2: a cache write without its split is of five minutes, beyond the part known to be of one hour', async () => {
  const bare = await rowFor(
    streamWith({ input_tokens: 1, cache_creation_input_tokens: 700 }, { output_tokens: 2 }),
    true,
  )
  expect(bare.usage).toMatchObject({ cache_write_5m_tokens: 700, cache_write_1h_tokens: 0 })
  const split = { ephemeral_5m_input_tokens: 300, ephemeral_1h_input_tokens: 400 }
  const atStart = { input_tokens: 1, cache_creation_input_tokens: 700, cache_creation: split }
  const known = await rowFor(
    streamWith(atStart, { output_tokens: 2, cache_creation_input_tokens: 900 }),
    true,
  )
  expect(known.usage).toMatchObject({ cache_write_5m_tokens: 500, cache_write_1h_tokens: 400 })
})

const iterations = [
  iteration('message', { model: 'claude-sonnet-5', input_tokens: 100, output_tokens: 200 }),
  iteration('compaction', { input_tokens: 5000, output_tokens: 300 }),
  iteration('advisor_message', { model: 'claude-opus-5', input_tokens: 40, output_tokens: 10 }),
]

for (const stream of [false, true]) {
  test(`E2: compaction and advice are billed beside the totals, each at its own model (stream: ${stream})`, async () => {
    const row = await rowFor(
      message({ usage: { input_tokens: 100, output_tokens: 200, iterations } }),
      stream,
    )
    expect(row.usage).toMatchObject({ input_tokens: 100, output_tokens: 200 })
    const lines = (row.price?.lines ?? []).map((line) => [
      line.iteration,
      line.model,
      line.kind,
      line.amount_nano_usd,
    ])
    expect(lines).toEqual([
      [null, 'claude-sonnet-5', 'input', 200_000],
      [null, 'claude-sonnet-5', 'output', 2_000_000],
      ['compaction', 'claude-sonnet-5', 'input', 10_000_000],
      ['compaction', 'claude-sonnet-5', 'output', 3_000_000],
      ['advisor_message', 'claude-opus-5', 'input', 200_000],
      ['advisor_message', 'claude-opus-5', 'output', 250_000],
    ])
    expect(row.cost_nano_usd).toBe(15_650_000)
  })

  test(`E2: a fallback_message says which model answered, and it is charged (stream: ${stream})`, async () => {
    const counts = { input_tokens: 100, output_tokens: 200 }
    const fallback = [
      iteration('message', { model: 'claude-opus-5', input_tokens: 90, output_tokens: 0 }),
      iteration('fallback_message', { model: 'claude-sonnet-5', ...counts }),
    ]
    const row = await rowFor(message({ usage: { ...counts, iterations: fallback } }), stream, 'claude-opus-5')
    expect(row.price?.model).toBe('claude-sonnet-5')
    expect(row.cost_nano_usd).toBe(2_200_000)
  })
}

test('E2: tier, speed and geography come from message_start, since message_delta lacks them', async () => {
  const usage = {
    input_tokens: 100,
    output_tokens: 200,
    speed: 'fast',
    inference_geo: 'us',
    service_tier: 'batch',
  }
  const row = await rowFor(streamedMessage({ usage }), true, 'claude-opus-5')
  // Fast: 10 and 50 dollars a million; the United States: × 1.1; batch: half.
  expect(row.price).toMatchObject({ rate: 'fast', input: 10, output: 50, multiplier: 0.55 })
  expect(row.cost_nano_usd).toBe(100 * 5500 + 200 * 27_500)
})

test('E1: events between that hold numbers of their own are no usage', async () => {
  const noise = event('content_block_delta', { type: 'content_block_delta', usage: { output_tokens: 9999 } })
  const row = await rowFor(handmadeStream([start(), BLOCK, noise, ending(), STOP]), true)
  expect(row.usage.output_tokens).toBe(12)
})
