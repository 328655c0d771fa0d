/** Limits of keys at the front door: who may ask at all, from where, until when, how often, and how many at once. */
import { describe, expect, test } from 'vitest'
import { message } from '../support/fake-upstream/messages.ts'
import { heldUntil } from '../support/fake-upstream/timing.ts'
import { messageFor } from '../support/gateway.ts'
import { moveClock } from '../support/movable-clock.ts'
import { startStand } from '../support/stand.ts'
import { ask, post } from './live-client.ts'
import { type MadeKey, makeKey } from './made-key.ts'

const clock = moveClock()
const patience = { admissionWaitMs: 2000 }
const config = { trustedProxies: ['127.0.0.1'] }
const { gateway, upstream } = await startStand({}, { limits: patience, config })

const DAY_MS = 86_400_000
const body = messageFor('claude-sonnet-5')
const send = (key: Pick<MadeKey, 'headers'>, headers: Record<string, string> = {}) =>
  ask(gateway, body, { headers: { ...key.headers, ...headers } })
const typeOf = (text: string): string => JSON.parse(text).error.type

describe('an end', () => {
  test('a key that has expired is refused with 401 and told since when, on every endpoint', async () => {
    const key = await makeKey(gateway, { expires_at_ms: Date.now() + DAY_MS })
    expect((await send(key)).status).toBe(200)
    clock.skip(DAY_MS)
    const { status, text, headers } = await send(key)
    expect([status, typeOf(text), headers.get('x-should-retry')]).toEqual([
      401,
      'authentication_error',
      'false',
    ])
    expect(text).toMatch(/expired on \d{4}-\d\d-\d\d/)
    expect(text).not.toMatch(/x-api-key/i)
    expect((await fetch(`${gateway.url}/v1/models`, { headers: key.headers })).status).toBe(401)
  })

  test('days from the first use begin with the first use', async () => {
    const key = await makeKey(gateway, { expires_after_days: 2 })
    expect(await key.view()).toMatchObject({ first_used_at_ms: null, valid_until_ms: null })
    clock.skip(10 * DAY_MS)
    const before = Date.now()
    expect((await send(key)).status).toBe(200)
    await expect.poll(async () => (await key.view()).first_used_at_ms).toBeGreaterThanOrEqual(before)
    const { first_used_at_ms, valid_until_ms } = await key.view()
    expect(valid_until_ms).toBe((first_used_at_ms ?? 0) + 2 * DAY_MS)
    clock.skip(DAY_MS)
    expect((await send(key)).status).toBe(200)
    clock.skip(DAY_MS)
    expect((await send(key)).status).toBe(401)
  })

  test('A6: of two keys presented, the one that has not expired counts', async () => {
    const [old, fresh] = [await makeKey(gateway, { expires_at_ms: 1 }), await makeKey(gateway)]
    expect((await send(old, { 'x-api-key': fresh.key })).status).toBe(200)
    expect((await send(fresh, { 'x-api-key': old.key })).status).toBe(200)
  })
})

describe('addresses', () => {
  const cases: [string[], string, number][] = [
    [['10.0.0.0/8'], '10.1.2.3', 200],
    [['10.0.0.0/8'], '192.0.2.1', 403],
    [['2001:db8::/32'], '2001:db8::7', 200],
    [['2001:db8::/32'], '2001:dead::7', 403],
    [['192.0.2.1'], '::ffff:192.0.2.1', 200],
  ]
  test.each(cases)('a key for %j used from %s is answered %i', async (allowed_addresses, from, status) => {
    const key = await makeKey(gateway, { allowed_addresses })
    const answer = await send(key, { 'x-forwarded-for': from })
    expect(answer.status).toBe(status)
    if (status === 403) expect(typeOf(answer.text)).toBe('permission_error')
    const models = await fetch(`${gateway.url}/v1/models`, {
      headers: { ...key.headers, 'x-forwarded-for': from },
    })
    expect(models.status).toBe(status)
  })
})

describe('rotation', () => {
  const rotate = (key: MadeKey, overlap_seconds: number) =>
    gateway.admin<{ key: string; previous_key_until_ms: number }>('POST', `/api/keys/${key.id}/rotate`, {
      overlap_seconds,
    })
  const withKey = (key: string) => ({ headers: { authorization: `Bearer ${key}` } })

  test('both secrets work while they overlap, then the new one alone, and the old one is told why', async () => {
    const key = await makeKey(gateway)
    const rotated = await rotate(key, 3600)
    expect(rotated.key).not.toBe(key.key)
    expect((await send(key)).status).toBe(200)
    expect((await send(withKey(rotated.key))).status).toBe(200)
    clock.skip(3_600_000)
    const { status, text } = await send(key)
    expect([status, text]).toEqual([401, expect.stringContaining('has been replaced')])
    expect((await send(withKey(rotated.key))).status).toBe(200)
    expect((await key.view()).previous_key_until_ms).toBeNull()
  })

  test('without an overlap the old secret ends at once', async () => {
    const key = await makeKey(gateway)
    const rotated = await rotate(key, 0)
    expect((await send(key)).status).toBe(401)
    expect((await send(withKey(rotated.key))).status).toBe(200)
  })

  test('both secrets count against the same limits', async () => {
    const key = await makeKey(gateway, { requests_per_minute: 1 })
    const rotated = await rotate(key, 60)
    expect((await send(key)).status).toBe(200)
    expect((await send(withKey(rotated.key))).status).toBe(429)
  })
})

describe('rates', () => {
  test('E5: a key over its requests a minute: 429 rate_limit_error with a true retry-after', async () => {
    const key = await makeKey(gateway, { requests_per_minute: 2 })
    expect([(await send(key)).status, (await send(key)).status]).toEqual([200, 200])
    const { status, text, headers } = await send(key)
    expect([status, typeOf(text)]).toEqual([429, 'rate_limit_error'])
    const seconds = Number(headers.get('retry-after'))
    expect(seconds).toBeGreaterThan(50)
    expect(seconds).toBeLessThanOrEqual(60)
    expect(headers.has('x-should-retry')).toBe(false)
    clock.skip(seconds * 1000)
    expect((await send(key)).status).toBe(200)
  })

  test('E5: a key over its tokens a minute is told the same', async () => {
    const key = await makeKey(gateway, { tokens_per_minute: 500 })
    const counts = { cache_read_input_tokens: 300, cache_creation_input_tokens: 0, cache_creation: null }
    upstream.answer(message({ usage: { input_tokens: 100, output_tokens: 100, ...counts } }))
    expect((await send(key)).status).toBe(200)
    const { status, text, headers } = await send(key)
    expect([status, text]).toEqual([429, expect.stringContaining('500 tokens a minute')])
    clock.skip(Number(headers.get('retry-after')) * 1000)
    expect((await send(key)).status).toBe(200)
  })
})

describe('requests at once', () => {
  test('one too many waits for the first to end', async () => {
    const key = await makeKey(gateway, { max_concurrency: 1 })
    const gate = Promise.withResolvers<void>()
    upstream.queue(heldUntil(gate.promise, message()))
    const first = post(gateway, body, { headers: key.headers })
    await upstream.waitForRequests(1)
    const second = post(gateway, body, { headers: key.headers })
    gate.resolve()
    expect([(await first.whole).status, (await second.whole).status]).toEqual([200, 200])
  })

  test('after the wait it is 429 rate_limit_error with a short retry-after, and no status was sent before', async () => {
    const key = await makeKey(gateway, { max_concurrency: 1 })
    const gate = Promise.withResolvers<void>()
    upstream.queue(heldUntil(gate.promise, message()))
    const first = post(gateway, body, { headers: key.headers })
    await upstream.waitForRequests(1)
    const { status, text, headers } = await ask(gateway, { ...body, stream: true }, { headers: key.headers })
    expect([status, typeOf(text), headers.get('retry-after')]).toEqual([429, 'rate_limit_error', '2'])
    gate.resolve()
    expect((await first.whole).status).toBe(200)
  })

  test('a client that leaves, waiting or being answered, frees its place', async () => {
    const key = await makeKey(gateway, { max_concurrency: 1 })
    upstream.queue(heldUntil(new Promise(() => undefined), message()))
    const first = post(gateway, body, { headers: key.headers })
    await upstream.waitForRequests(1)
    post(gateway, body, { headers: key.headers }).leave()
    first.leave()
    await expect.poll(async () => (await key.view()).use.in_flight).toBe(0)
    expect((await send(key)).status).toBe(200)
    expect((await key.view()).use.in_flight).toBe(0)
  })

  test('D9: whatever an answer comes to, its place is free after it', async () => {
    const key = await makeKey(gateway, { max_concurrency: 1, budgets: [{ period: 'day', limit_usd: 5 }] })
    const bad = [messageFor(''), 'no JSON', messageFor('claude-sonnet-5', { stream: true })]
    for (const question of bad) await ask(gateway, question, { headers: key.headers })
    await expect.poll(async () => (await key.view()).use.in_flight).toBe(0)
    expect((await send(key)).status).toBe(200)
  })
})
