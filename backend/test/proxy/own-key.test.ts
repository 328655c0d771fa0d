/** What the holder of a gateway key sees with it: its own usage, limits and resets, and nothing else. */
import type { ErrorBody } from '@claude-gateway/contract/common.ts'
import { type MyUsage, myUsageSchema } from '@claude-gateway/contract/me.ts'
import { beforeEach, describe, expect, test } from 'vitest'
import { message } from '../support/fake-upstream/messages.ts'
import { ADMIN_TOKEN, messageFor, startGateway } from '../support/gateway.ts'
import { rawAsk } from '../support/raw-http.ts'
import { startStand } from '../support/stand.ts'
import { ask } from './live-client.ts'
import { type MadeKey, makeKey } from './made-key.ts'
import { rowOf } from './row-of.ts'

const { gateway, upstream, channelId } = await startStand({ name: 'secret channel' })

const MODEL = 'claude-sonnet-5'
/** Ten cents: 10,000 tokens of output at 10 dollars a million. */
const TEN_CENTS = { input_tokens: 0, output_tokens: 10_000, cache_read_input_tokens: 0, cache_creation: null }
const TEN_CENTS_NANO_USD = 100_000_000

beforeEach(() => upstream.answer(message({ usage: { ...TEN_CENTS, cache_creation_input_tokens: 0 } })))

async function look(headers: Record<string, string>, url = gateway.url) {
  const response = await fetch(`${url}/api/me/usage`, { headers })
  const text = await response.text()
  return { status: response.status, headers: response.headers, text, body: JSON.parse(text) as ErrorBody }
}

async function usageOf({ headers }: MadeKey): Promise<MyUsage> {
  const { status, text } = await look(headers)
  expect(status, text).toBe(200)
  // Nothing beyond what the contract says.
  const usage: unknown = JSON.parse(text)
  expect(myUsageSchema.parse(usage)).toEqual(usage)
  return myUsageSchema.parse(usage)
}

/** Spends ten cents of a key; resolves when they are in the log. */
async function spend(key: MadeKey, model = MODEL): Promise<void> {
  const answer = await ask(gateway, messageFor(model), { headers: key.headers })
  expect(answer.status).toBe(200)
  await rowOf(gateway, answer)
}

describe('the own usage of a key', () => {
  test('is counted by day and by model, and is that of no other key', async () => {
    const [own, other] = [await makeKey(gateway, { name: 'Own' }), await makeKey(gateway, { name: 'Other' })]
    await spend(own)
    await spend(own, 'claude-opus-5')
    await spend(other, 'claude-haiku-4-5')
    const usage = await usageOf(own)
    expect(usage).toMatchObject({ name: 'Own', time_zone: 'UTC', models: [], valid_until_ms: null })
    for (const part of [usage.last_7_days, usage.last_30_days])
      expect(part).toMatchObject({ requests: 2, completed: 2, output_tokens: 20_000 })
    expect(usage.by_model.map(({ model, requests }) => [model, requests]).sort()).toEqual([
      ['claude-opus-5', 1],
      [MODEL, 1],
    ])
    expect(usage.by_day).toHaveLength(30)
    expect(usage.by_day.reduce((sum, { requests }) => sum + requests, 0)).toBe(2)
    expect(usage.by_day.at(-1)).toMatchObject(usage.today)
  })

  test('says nothing of channels, upstreams, other keys or the team', async () => {
    const key = await makeKey(gateway, { tags: ['red-team'] })
    const mate = await makeKey(gateway, { name: 'mate', tags: ['red-team'] })
    await gateway.admin('POST', '/api/budgets', { tag: 'red-team', period: 'month', limit_usd: 0.4 })
    await spend(key)
    await spend(mate)
    const { text } = await look(key.headers)
    for (const secret of ['secret channel', upstream.url, 'red-team', 'mate', key.key, 'failover'])
      expect(text).not.toContain(secret)
    expect((await usageOf(key)).budgets).toEqual([
      {
        scope: 'team',
        period: 'month',
        limit_usd: null,
        spent_usd: null,
        used_share: 0.5,
        resets_at_ms: expect.any(Number),
      },
    ])
  })

  test('is told with its limits, while its budget lasts and when it is used up', async () => {
    const key = await makeKey(gateway, {
      budgets: [{ period: 'total', limit_usd: 0.1 }],
      requests_per_minute: 7,
      max_concurrency: 3,
      models: ['claude-*'],
    })
    expect(await usageOf(key)).toMatchObject({
      requests_per_minute: { limit: 7, used: 0 },
      tokens_per_minute: { limit: null, used: 0 },
      concurrent_requests: { limit: 3, used: 0 },
      models: ['claude-*'],
      budgets: [
        { scope: 'key', period: 'total', limit_usd: 0.1, spent_usd: 0, used_share: 0, resets_at_ms: null },
      ],
    })
    await spend(key)
    expect((await ask(gateway, messageFor(MODEL), { headers: key.headers })).status).toBe(429)
    const usage = await usageOf(key)
    expect(usage.budgets).toMatchObject([{ spent_usd: 0.1, used_share: 1 }])
    expect(usage.requests_per_minute.used).toBeGreaterThanOrEqual(1)
    expect(usage.last_30_days.cost_nano_usd).toBe(TEN_CENTS_NANO_USD)
  })

  test('is counted in the days of the key’s own time zone', async () => {
    const key = await makeKey(gateway, { time_zone: 'Asia/Shanghai' })
    const { by_day } = await usageOf(key)
    const starts = by_day.map(({ start_ms }) => new Date(start_ms).toISOString().slice(11))
    expect(new Set(starts)).toEqual(new Set(['16:00:00.000Z']))
  })

  test('says when a key ends whose days began with its first use, also where nothing was configured since', async () => {
    const key = await makeKey(gateway, { expires_after_days: 1 })
    await spend(key)
    const { first_used_at_ms: firstUsedAtMs } = await key.view()
    expect((await usageOf(key)).valid_until_ms).toBe((firstUsedAtMs ?? 0) + 86_400_000)
  })

  test('being looked at is no use of the key', async () => {
    const key = await makeKey(gateway, { expires_after_days: 1 })
    expect((await usageOf(key)).valid_until_ms).toBeNull()
    expect((await key.view()).first_used_at_ms).toBeNull()
  })
})

describe('who is let in', () => {
  test('the key comes in either header, or in both', async () => {
    const { key } = await makeKey(gateway)
    const bearer = { authorization: `Bearer ${key}` }
    for (const headers of [bearer, { 'x-api-key': key }, { ...bearer, 'x-api-key': 'something else' }])
      expect((await look(headers)).status).toBe(200)
  })

  test('no key, and a key that is disabled, ended or replaced, is refused with 401', async () => {
    const codeOf = async (headers: Record<string, string>) => {
      const { status, body } = await look(headers)
      return [status, body.error.code]
    }
    const disabled = await makeKey(gateway)
    await disabled.change({ enabled: false })
    const ended = await makeKey(gateway, { expires_at_ms: Date.now() - 1 })
    const replaced = await makeKey(gateway)
    await gateway.admin('POST', `/api/keys/${replaced.id}/rotate`, {})
    expect(await codeOf({})).toEqual([401, 'unauthenticated'])
    expect(await codeOf(disabled.headers)).toEqual([401, 'key_disabled'])
    expect(await codeOf(ended.headers)).toEqual([401, 'key_expired'])
    expect(await codeOf(replaced.headers)).toEqual([401, 'unauthenticated'])
  })

  test('an operator is nobody here, and a key’s holder is no operator', async () => {
    expect((await look({ authorization: `Bearer ${ADMIN_TOKEN}` })).status).toBe(401)
    const { headers } = await makeKey(gateway)
    for (const path of ['/api/keys', '/api/stats', `/api/channels/${channelId}`, '/api/sessions'])
      expect((await fetch(gateway.url + path, { headers })).status).toBe(401)
  })

  test('without authentication of operators, the key is asked for all the same, wherever the call comes from', async () => {
    const open = await startGateway({ config: { adminAuth: 'none' } })
    const elsewhere = ['host', 'gateway.example'] as const
    const status = async (target: string, headers: (readonly [string, string])[] = []) =>
      (await rawAsk(open.url, { method: 'GET', target, headers: [elsewhere, ...headers] })).status
    expect(await status('/api/keys')).toBe(403)
    expect(await status('/api/me/usage')).toBe(401)
    expect(await status('/api/me/usage', [['x-api-key', open.key]])).toBe(200)
    await open.close()
  })

  test('too many unknown keys from an address are no longer looked at; the right one still is', async () => {
    const guarded = await startGateway()
    const answers = []
    for (let guess = 0; guess < 12; guess++)
      answers.push(await look({ authorization: `Bearer gk-guess-${guess}` }, guarded.url))
    expect(answers.map(({ status }) => status)).toEqual([...Array<number>(10).fill(401), 429, 429])
    expect(answers.at(-1)?.body.error.code).toBe('too_many_sign_ins')
    expect(Number(answers.at(-1)?.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await look({ 'x-api-key': guarded.key }, guarded.url)).status).toBe(200)
    await guarded.close()
  })
})
