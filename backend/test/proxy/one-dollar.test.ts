/** A key with one dollar under fifty clients at once, with the official SDKs: it stops where it should, and none retries. */
import type { NewGatewayKey } from '@claude-gateway/contract/gateway-key.ts'
import { describe, expect, test } from 'vitest'
import { message } from '../support/fake-upstream/messages.ts'
import { slowFirstByte } from '../support/fake-upstream/timing.ts'
import { startStand } from '../support/stand.ts'
import { type MadeKey, makeKey } from './made-key.ts'
import { allRows } from './row-of.ts'
import { countingFetch, type Sdk, sdks } from './sdks.ts'

const { gateway, upstream } = await startStand()

const CLIENTS = 50
/** At 2 and 10 dollars a million tokens. */
const MODEL = 'claude-sonnet-5'
const NANO_PER_OUTPUT_TOKEN = 10_000
const ONE_DOLLAR: Partial<NewGatewayKey> = { budgets: [{ period: 'month', limit_usd: 1 }] }
const NANO_DOLLAR = 1_000_000_000

const usageOf = (outputTokens: number) => ({
  input_tokens: 0,
  output_tokens: outputTokens,
  cache_read_input_tokens: 0,
  cache_creation_input_tokens: 0,
  cache_creation: null,
})

interface Client {
  answers: number
  calls: number
  error: { status?: number; type?: string | null; message: string }
}

/** Asks again and again until there is an error. */
async function askUntilRefused(sdk: Sdk, { key }: MadeKey, maxTokens: number): Promise<Client> {
  const counter = countingFetch()
  const client = new sdk.Anthropic({
    baseURL: gateway.url,
    authToken: key,
    apiKey: null,
    fetch: counter.fetch,
  })
  const question = {
    model: MODEL,
    max_tokens: maxTokens,
    messages: [{ role: 'user' as const, content: 'Hello' }],
  }
  for (let answers = 0; ; answers++) {
    try {
      await client.messages.create(question)
    } catch (error) {
      return { answers, calls: counter.calls, error: error as Client['error'] }
    }
  }
}

async function spendAll(key: MadeKey, maxTokens: number): Promise<Client[]> {
  const clients = Array.from({ length: CLIENTS }, (_, index) => sdks[index % sdks.length]?.[1] as Sdk)
  return Promise.all(clients.map((sdk) => askUntilRefused(sdk, key, maxTokens)))
}

const answered = (clients: readonly Client[]): number =>
  clients.reduce((sum, { answers }) => sum + answers, 0)

describe('one dollar, fifty clients', () => {
  test('every client is stopped by one 429 billing_error that its SDK does not retry', async () => {
    upstream.answer(slowFirstByte(message({ usage: usageOf(2000) }), 5))
    const key = await makeKey(gateway, ONE_DOLLAR)
    const clients = await spendAll(key, 1024)
    for (const { answers, calls, error } of clients) {
      expect([error.status, error.type]).toEqual([429, 'billing_error'])
      expect(error.message).toContain('spend limit reached · resets ')
      expect(calls).toBe(answers + 1)
    }
    const spent = answered(clients) * 2000 * NANO_PER_OUTPUT_TOKEN
    expect(spent).toBeGreaterThanOrEqual(NANO_DOLLAR)
    // Each answer came to twice what was set aside for it: what is too much is that of requests in flight, no more.
    expect(spent).toBeLessThanOrEqual(NANO_DOLLAR + CLIENTS * 2000 * NANO_PER_OUTPUT_TOKEN)
    expect((await key.view()).use).toMatchObject({
      budgets: [{ spent_usd: spent / NANO_DOLLAR }],
      in_flight: 0,
    })
    const rows = await allRows(gateway, answered(clients) + CLIENTS)
    expect(rows.reduce((sum, { cost_nano_usd }) => sum + cost_nano_usd, 0)).toBe(spent)
  }, 60_000)

  test('where answers cost no more than was set aside, the last one admitted is all that is too much', async () => {
    upstream.answer(slowFirstByte(message({ usage: usageOf(1024) }), 5))
    const key = await makeKey(gateway, ONE_DOLLAR)
    const clients = await spendAll(key, 1024)
    const cost = 1024 * NANO_PER_OUTPUT_TOKEN
    const spent = answered(clients) * cost
    expect(clients.map(({ error }) => error.type)).toEqual(clients.map(() => 'billing_error'))
    expect(spent).toBeGreaterThanOrEqual(NANO_DOLLAR)
    expect(spent).toBeLessThan(NANO_DOLLAR + cost)
  }, 60_000)
})
