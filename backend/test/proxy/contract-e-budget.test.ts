/** Contract rules E5 and E6: what a key with a budget reads, while there is money left and when there is none. */
import { beforeEach, describe, expect, test } from 'vitest'
import { apiError } from '../support/fake-upstream/errors.ts'
import { message } from '../support/fake-upstream/messages.ts'
import { rateLimitHeaders } from '../support/fake-upstream/response-headers.ts'
import { withHeaders } from '../support/fake-upstream/rewriting.ts'
import { messageFor } from '../support/gateway.ts'
import { startStand } from '../support/stand.ts'
import { ask, type LiveAnswer } from './live-client.ts'
import { type MadeKey, makeKey } from './made-key.ts'
import { rowOf } from './row-of.ts'

const { gateway, upstream, ask: askRaw } = await startStand()

const MODEL = 'claude-sonnet-5'
/** Ten cents: 10,000 tokens of output at 10 dollars a million. */
const TEN_CENTS = { input_tokens: 0, output_tokens: 10_000, cache_read_input_tokens: 0, cache_creation: null }

beforeEach(() => upstream.answer(message({ usage: { ...TEN_CENTS, cache_creation_input_tokens: 0 } })))

const spend = (key: MadeKey, fields: object = {}): Promise<LiveAnswer> =>
  ask(gateway, messageFor(MODEL, fields), { headers: key.headers })

const limitsIn = ({ headers }: LiveAnswer) =>
  Object.fromEntries([...headers].filter(([name]) => name.startsWith('anthropic-ratelimit-')))

const monthEnd = (): number => {
  const now = new Date()
  return Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1)
}

describe('E5: a key over its budget', () => {
  test('E5: is answered 429 billing_error before any upstream is asked, header by header', async () => {
    const key = await makeKey(gateway, { budgets: [{ period: 'month', limit_usd: 0.1 }] })
    expect((await spend(key)).status).toBe(200)
    upstream.reset()
    const body = JSON.stringify(messageFor(MODEL))
    const before = Date.now()
    const answer = await askRaw({ headers: [['authorization', `Bearer ${key.key}`]], body })
    const secondsLeft = (now: number) => Math.ceil((monthEnd() - now) / 1000)
    const reset = String(monthEnd() / 1000)
    const {
      date: _,
      connection: __,
      'keep-alive': ___,
      'retry-after': retryAfter,
      ...headers
    } = answer.headers
    const id = headers['x-gateway-request-id'] ?? ''
    expect(answer.status).toBe(429)
    expect(Number(retryAfter)).toBeLessThanOrEqual(secondsLeft(before))
    expect(Number(retryAfter)).toBeGreaterThanOrEqual(secondsLeft(Date.now()))
    expect(headers).toEqual({
      'content-type': 'application/json',
      'content-length': String(answer.body.length),
      'request-id': id,
      'x-gateway-request-id': id,
      'x-should-retry': 'false',
      'anthropic-ratelimit-unified-status': 'rejected',
      'anthropic-ratelimit-unified-reset': reset,
      'anthropic-ratelimit-unified-overage-reset': reset,
      'anthropic-ratelimit-unified-overage-utilization': '1',
      'anthropic-ratelimit-unified-overage-surpassed-threshold': '1',
      'anthropic-ratelimit-unified-overage-period': 'monthly',
      'anthropic-ratelimit-unified-overage-disabled-reason': 'org_spend_cap_reached',
    })
    const day = new Date(monthEnd()).toLocaleString('en-US', {
      month: 'short',
      day: 'numeric',
      timeZone: 'UTC',
    })
    expect(JSON.parse(answer.text)).toEqual({
      type: 'error',
      error: {
        type: 'billing_error',
        message: `spend limit reached · resets ${day}, 00:00 UTC · this key’s monthly budget of $0.10 is spent: wait until then, or ask the operator of the gateway for more`,
      },
      request_id: id,
    })
    expect(upstream.received).toBe(0)
  })

  test('E5: its refusal stands in the log, and costs nothing', async () => {
    const key = await makeKey(gateway, { budgets: [{ period: 'week', limit_usd: 0.000_001 }] })
    await spend(key)
    const row = await rowOf(gateway, await spend(key))
    expect(row).toMatchObject({
      error_code: 'budget_exhausted',
      outcome: 'rejected',
      cost_nano_usd: 0,
      attempts: [],
    })
  })

  test('E5: the body of its request is not even waited for', async () => {
    const key = await makeKey(gateway, { budgets: [{ period: 'day', limit_usd: 0.000_001 }] })
    await spend(key)
    const headers: [string, string][] = [
      ['authorization', `Bearer ${key.key}`],
      ['content-length', '1000000'],
    ]
    expect((await askRaw({ headers, body: '{' })).status).toBe(429)
  })

  test('E5: a budget that never resets names no time, and its key goes on once there is more', async () => {
    const key = await makeKey(gateway, { budgets: [{ period: 'total', limit_usd: 0.1 }] })
    await spend(key)
    const answer = await spend(key)
    expect(answer.status).toBe(429)
    expect(answer.headers.get('x-should-retry')).toBe('false')
    expect(answer.headers.has('retry-after')).toBe(false)
    expect(Object.keys(limitsIn(answer)).filter((name) => /reset|period/.test(name))).toEqual([])
    expect(answer.text).toContain('spend limit reached · does not reset · ')
    await key.change({ budgets: [{ period: 'total', limit_usd: 1 }] })
    expect((await spend(key)).status).toBe(200)
  })

  test('E5: a budget of a tag keeps out every key with the tag', async () => {
    const [one, other] = [
      await makeKey(gateway, { tags: ['red'] }),
      await makeKey(gateway, { tags: ['red'] }),
    ]
    const free = await makeKey(gateway, { tags: ['blue'] })
    await gateway.admin('POST', '/api/budgets', { tag: 'red', period: 'month', limit_usd: 0.2 })
    expect([(await spend(one)).status, (await spend(other)).status]).toEqual([200, 200])
    const refused = await spend(one)
    expect([refused.status, (await spend(other)).status, (await spend(free)).status]).toEqual([429, 429, 200])
    expect(refused.text).toContain('your team’s monthly budget')
    const { data } = await gateway.admin<{ data: object[] }>('GET', '/api/budgets')
    expect(data).toMatchObject([
      { tag: 'red', limit_usd: 0.2, use: { spent_usd: 0.2, resets_at_ms: monthEnd() } },
    ])
  })

  test('E5: counting tokens and listing models stay free', async () => {
    const limits = { budgets: [{ period: 'day' as const, limit_usd: 0.000_001 }], requests_per_minute: 1 }
    const key = await makeKey(gateway, limits)
    await spend(key)
    expect((await spend(key)).status).toBe(429)
    upstream.reset()
    const path = '/v1/messages/count_tokens'
    expect((await ask(gateway, messageFor(MODEL), { headers: key.headers, path })).status).toBe(200)
    expect((await fetch(`${gateway.url}/v1/models`, { headers: key.headers })).status).toBe(200)
  })
})

describe('E6: a key with money left', () => {
  test('E6: reads its own standing on a plain answer and on a stream, in place of the account’s', async () => {
    const account = { ...rateLimitHeaders(Date.now()), 'anthropic-ratelimit-unified-5h-status': 'rejected' }
    const usage = { ...TEN_CENTS, cache_creation_input_tokens: 0 }
    upstream.answer(withHeaders(message({ usage }), account))
    const key = await makeKey(gateway, { budgets: [{ period: 'month', limit_usd: 0.4 }] })
    const reset = String(monthEnd() / 1000)
    const standing = (status: string, used: string) => ({
      'anthropic-ratelimit-unified-status': status,
      'anthropic-ratelimit-unified-reset': reset,
      'anthropic-ratelimit-unified-overage-reset': reset,
      'anthropic-ratelimit-unified-representative-claim': 'overage',
      'anthropic-ratelimit-unified-overage-status': status,
      'anthropic-ratelimit-unified-overage-utilization': used,
    })
    expect(limitsIn(await spend(key))).toEqual(standing('allowed', '0.00'))
    expect(limitsIn(await spend(key, { stream: true }))).toEqual(standing('allowed', '0.25'))
    expect(limitsIn(await spend(key))).toEqual(standing('allowed', '0.50'))
    expect(limitsIn(await spend(key, { stream: true }))).toEqual({
      ...standing('allowed_warning', '0.75'),
      'anthropic-ratelimit-unified-overage-surpassed-threshold': '0.75',
    })
  })

  test('E6: of several budgets it reads the fullest, its tag’s like its own', async () => {
    const budgets = [{ period: 'day' as const, limit_usd: 10 }]
    const key = await makeKey(gateway, { budgets, tags: ['green'] })
    await gateway.admin('POST', '/api/budgets', { tag: 'green', period: 'month', limit_usd: 0.2 })
    await spend(key)
    const answer = limitsIn(await spend(key))
    expect(answer['anthropic-ratelimit-unified-overage-utilization']).toBe('0.50')
    expect(answer['anthropic-ratelimit-unified-reset']).toBe(String(monthEnd() / 1000))
  })

  test('E6: on an upstream’s error it reads nothing of the account’s limits', async () => {
    const key = await makeKey(gateway, { budgets: [{ period: 'day', limit_usd: 10 }] })
    upstream.answer(withHeaders(apiError('prompt_too_long'), rateLimitHeaders(Date.now())))
    expect(limitsIn(await spend(key))).toEqual({})
  })

  test('E6: a key without a budget gets the upstream’s headers', async () => {
    const account = rateLimitHeaders(Date.now())
    upstream.answer(withHeaders(message(), account))
    const key = await makeKey(gateway, { requests_per_minute: 100, max_concurrency: 5 })
    for (const stream of [false, true]) expect(limitsIn(await spend(key, { stream }))).toEqual(account)
  })
})

test('what is spent, set aside and used is told to the operator', async () => {
  const key = await makeKey(gateway, { budgets: [{ period: 'month', limit_usd: 1 }] })
  await spend(key)
  expect((await key.view()).use).toMatchObject({
    budgets: [{ tag: null, period: 'month', limit_usd: 1, spent_usd: 0.1, resets_at_ms: monthEnd() }],
    requests_last_minute: 1,
    tokens_last_minute: 10_000,
    in_flight: 0,
  })
})
