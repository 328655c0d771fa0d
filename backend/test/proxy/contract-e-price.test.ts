/** Rule E3: what a request cost, from which price, and that its row explains it. */
import type { RequestLogView } from '@claude-gateway/contract/request-log.ts'
import { expect, test } from 'vitest'
import type { Script } from '../support/fake-upstream/answer.ts'
import { message } from '../support/fake-upstream/messages.ts'
import { messageFor } from '../support/gateway.ts'
import { startStand } from '../support/stand.ts'
import { ask } from './live-client.ts'
import { rowOf } from './row-of.ts'

const { gateway, upstream, map } = await startStand()
const USAGE = { input_tokens: 1_000, output_tokens: 100 }
await map({ display_model: 'team-model', upstream_model: 'claude-haiku-4-5-20251001' })
await map({ display_model: 'relay-model', upstream_model: 'relay/secret-model-7' })

async function rowFor(model: string, script: Script = message({ usage: USAGE })): Promise<RequestLogView> {
  upstream.answer(script)
  return rowOf(gateway, await ask(gateway, messageFor(model, { stream: true })))
}

/** Dollars a million for input and output, and what 1,000 and 100 tokens then cost in nano-dollars. */
const PRICED: readonly (readonly [string, string, number, number])[] = [
  ['claude-sonnet-5', 'claude-sonnet-5', 2, 10],
  ['claude-opus-5-5', 'claude-opus-5-5', 4, 20],
  ['claude-haiku-4-5', 'claude-haiku-4-5', 1, 5],
  ['claude-haiku-5-5', 'claude-haiku-5-5', 0.1, 0.5],
  ['claude-sonnet-4-5-20250929', 'claude-sonnet-4-5', 3, 15],
]

for (const [model, priced, input, output] of PRICED) {
  test(`E3: ${model} is charged at ${input} and ${output} dollars a million`, async () => {
    const row = await rowFor(model)
    expect(row.price).toMatchObject({ model: priced, input, output, rate: 'standard', multiplier: 1 })
    expect(row.cost_nano_usd).toBe(Math.round(1_000 * input * 1000 + 100 * output * 1000))
    expect(row.cost_estimated).toBe(false)
  })
}

test('E3: the price is that of the model that was asked upstream, not of the name the client used', async () => {
  const row = await rowFor('team-model')
  expect(row).toMatchObject({ requested_model: 'team-model', upstream_model: 'claude-haiku-4-5-20251001' })
  expect(row.price).toMatchObject({ model: 'claude-haiku-4-5', input: 1 })
  expect(row.cost_nano_usd).toBe(1_500_000)
})

test('E3: where another model answered than was asked, its price counts, and both names are kept', async () => {
  const row = await rowFor('claude-sonnet-5', message({ model: 'claude-opus-5', usage: USAGE }))
  expect(row).toMatchObject({ upstream_model: 'claude-sonnet-5', answered_model: 'claude-opus-5' })
  expect(row.price?.model).toBe('claude-opus-5')
  expect(row.cost_nano_usd).toBe(7_500_000)
})

test('E3: an unknown model is charged as an estimate, never as nothing', async () => {
  const row = await rowFor('relay-model')
  expect(row.cost_estimated).toBe(true)
  expect(row.price).toMatchObject({ model: 'unknown', input: 5, output: 25 })
  expect(row.cost_nano_usd).toBe(7_500_000)
})

test('E3: a long prompt is charged at its own price as a whole', async () => {
  const usage = { input_tokens: 60_000, cache_read_input_tokens: 40_001, output_tokens: 100 }
  const row = await rowFor('claude-haiku-5-5', message({ usage }))
  expect(row.price).toMatchObject({ rate: 'long_prompt', input: 0.5, output: 2.5, cache_read: 0.05 })
  expect(row.cost_nano_usd).toBe(60_000 * 500 + 40_001 * 50 + 100 * 2500)
})

test('E3: the row explains its cost: price, source and lines whose sum it is, all whole numbers', async () => {
  const usage = { input_tokens: 7, output_tokens: 3, cache_read_input_tokens: 1, inference_geo: 'us' }
  const { price, cost_nano_usd } = await rowFor('claude-haiku-5-5', message({ usage }))
  expect(price?.source).toMatch(/\w{5}/)
  const lines = price?.lines ?? []
  for (const { amount_nano_usd, quantity, unit_price_nano_usd } of lines) {
    expect(Number.isSafeInteger(amount_nano_usd)).toBe(true)
    expect(amount_nano_usd).toBe(Math.round((quantity * unit_price_nano_usd * 1.1) / 1_000_000))
  }
  expect(lines.reduce((sum, { amount_nano_usd }) => sum + amount_nano_usd, 0)).toBe(cost_nano_usd)
  expect(cost_nano_usd).toBe(770 + 1650 + 11)
})
