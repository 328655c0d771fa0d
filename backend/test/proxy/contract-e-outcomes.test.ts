/** Rules E4 and C8: what is charged when an answer is refused, failed, broken off or left; what is never charged. */
import type { RequestLogView } from '@claude-gateway/contract/request-log.ts'
import { expect, test } from 'vitest'
import { apiError } from '../support/fake-upstream/errors.ts'
import { handmadeStream, message, refusal, streamedMessage } from '../support/fake-upstream/messages.ts'
import { hangUp } from '../support/fake-upstream/odd-answers.ts'
import { brokenOff, compressed } from '../support/fake-upstream/rewriting.ts'
import { cutAt, pausedAfter } from '../support/fake-upstream/timing.ts'
import { messageFor } from '../support/gateway.ts'
import { startStand } from '../support/stand.ts'
import { BLOCK, BLOCK_END, delta, ending, STOP, start } from './frames.ts'
import { layRoute, type Stop } from './lay-route.ts'
import { ask } from './live-client.ts'
import { rowOf } from './row-of.ts'

const stand = await startStand({}, { limits: { settleMs: 5000 } })
const { gateway } = stand
const NOTHING = {
  input_tokens: 0,
  output_tokens: 0,
  cache_read_tokens: 0,
  cache_write_5m_tokens: 0,
  cache_write_1h_tokens: 0,
  web_search_requests: 0,
}

async function rowFor(
  channels: Record<string, Stop>,
  fields: object = { stream: true },
): Promise<RequestLogView> {
  await layRoute(stand, channels)
  return rowOf(gateway, await ask(gateway, messageFor('claude-sonnet-5', fields)))
}

for (const stream of [false, true]) {
  test(`E4: a refusal is an outcome of its own, and is charged like any answer (stream: ${stream})`, async () => {
    const row = await rowFor({ one: refusal({ usage: { input_tokens: 100, output_tokens: 5 } }) }, { stream })
    expect(row).toMatchObject({ outcome: 'refused', status: 200, stop_reason: 'refusal' })
    expect(row.cost_nano_usd).toBe(100 * 2000 + 5 * 10_000)
    expect(row.attempts.map(({ result }) => result)).toEqual(['ok'])
  })

  test(`E4: a failed attempt costs nothing; the one that answered costs what it used (stream: ${stream})`, async () => {
    const answer = message({ usage: { input_tokens: 10, output_tokens: 20 } })
    const row = await rowFor({ one: apiError('overloaded'), two: hangUp(), three: answer }, { stream })
    expect(row.attempts).toHaveLength(3)
    expect(row).toMatchObject({
      outcome: 'completed',
      usage: { ...NOTHING, input_tokens: 10, output_tokens: 20 },
    })
    expect(row.cost_nano_usd).toBe(10 * 2000 + 20 * 10_000)
  })

  test(`E4: a request that failed everywhere costs nothing, and has no price (stream: ${stream})`, async () => {
    const row = await rowFor({ one: apiError('internal'), two: hangUp() }, { stream })
    expect(row).toMatchObject({ outcome: 'failed', usage: NOTHING, cost_nano_usd: 0, price: null })
    expect(row.cost_estimated).toBe(false)
  })
}

test('E4: a request that the gateway itself turned down costs nothing', async () => {
  await layRoute(stand, { one: message() })
  const answer = await ask(gateway, '{"model":"a","model":"b"}')
  expect(answer.status).toBe(400)
  await expect
    .poll(async () => (await gateway.logs(1)).find((row) => row.error_code === 'model_duplicated'), {
      timeout: 10_000,
    })
    .toMatchObject({ outcome: 'rejected', usage: NOTHING, cost_nano_usd: 0, price: null, attempts: [] })
})

test('E4: a stream that breaks off is charged what is known, and a floor for the text that was sent', async () => {
  const frames = [start(), BLOCK, delta('x'.repeat(2000)), BLOCK_END, ending({ output_tokens: 600 }), STOP]
  const cut = Buffer.concat(frames.slice(0, 3)).length
  const row = await rowFor({ one: cutAt(handmadeStream(frames), cut) })
  expect(row).toMatchObject({ outcome: 'truncated', cost_estimated: true, stop_reason: null })
  expect(row.usage.input_tokens).toBe(25)
  expect(row.usage.output_tokens).toBeGreaterThanOrEqual(500)
  expect(row.usage.output_tokens).toBeLessThan(530)
  expect(row.cost_nano_usd).toBe(25 * 2000 + row.usage.output_tokens * 10_000)
  expect(row.error_message).toMatch(/broke|ended|connection/)
})

test('E4: a stream that breaks off behind its final counts is charged these', async () => {
  const frames = [start(), BLOCK, delta('x'.repeat(2000)), BLOCK_END, ending({ output_tokens: 6 }), STOP]
  const cut = Buffer.concat(frames.slice(0, 5)).length
  const row = await rowFor({ one: cutAt(handmadeStream(frames), cut) })
  expect(row).toMatchObject({ outcome: 'truncated', cost_estimated: false })
  expect(row.usage).toMatchObject({ input_tokens: 25, output_tokens: 6 })
})

test('E4: an error event after content ends a stream that is charged so far', async () => {
  const usage = { input_tokens: 40, output_tokens: 90 }
  const row = await rowFor({ one: brokenOff(streamedMessage({ content: 'x'.repeat(400), usage }), 8) })
  expect(row).toMatchObject({ outcome: 'truncated', status: 200, cost_estimated: true })
  expect(row.usage.input_tokens).toBe(40)
  expect(row.usage.output_tokens).toBeGreaterThan(2)
})

test('E4: a compressed stream that breaks off is charged what could be read', async () => {
  const begun = compressed(handmadeStream([start(), BLOCK, delta('x'.repeat(2000))]), 'gzip')
  const row = await rowFor({ one: cutAt(pausedAfter(begun, 3, 100), 1_000_000) })
  expect(row).toMatchObject({ outcome: 'truncated', cost_estimated: true })
  expect(row.usage.input_tokens).toBe(25)
  expect(row.usage.output_tokens).toBeGreaterThanOrEqual(500)
})

test('A3, E4: counting tokens costs nothing, whatever it counts', async () => {
  await layRoute(stand, { one: message() })
  stand.upstream.reset()
  const answer = await ask(gateway, messageFor('claude-sonnet-5'), { path: '/v1/messages/count_tokens' })
  expect(answer.status).toBe(200)
  const row = await rowOf(gateway, answer)
  expect(row).toMatchObject({ endpoint: 'count_tokens', usage: NOTHING, cost_nano_usd: 0, price: null })
})
