/** Rule D7: what the client gets when every channel failed, and what it never gets. */
import { expect, test } from 'vitest'
import type { FailureCode } from '../../src/failures.ts'
import { apiError, errorEvent, errorUnder200, rateLimited } from '../support/fake-upstream/errors.ts'
import { handmadeStream } from '../support/fake-upstream/messages.ts'
import { hangUp, htmlPage, rawAnswer, redirect, silence } from '../support/fake-upstream/odd-answers.ts'
import { compressed } from '../support/fake-upstream/rewriting.ts'
import { messageFor } from '../support/gateway.ts'
import { startStand } from '../support/stand.ts'
import { start } from './frames.ts'
import { channelOf, layRoute, type Stop } from './lay-route.ts'
import { ask, type LiveAnswer } from './live-client.ts'
import { rowOf } from './row-of.ts'

const stand = await startStand(
  {},
  { limits: { firstByteMs: 1000, firstContentMs: 2000, plainAnswerMs: 2000 } },
)
const { gateway, upstream } = stand
const DOWN: Stop = { base_url: 'http://127.0.0.1:1' }

async function asked(stops: readonly Stop[], stream = true): Promise<LiveAnswer> {
  upstream.reset()
  const names = ['channel-alpha', 'channel-beta', 'channel-gamma']
  await layRoute(stand, Object.fromEntries(stops.map((stop, index) => [names[index] ?? '', stop])))
  return ask(gateway, messageFor('claude-sonnet-5', { stream }))
}

function expectNothingTold(answer: LiveAnswer): void {
  const told = `${[...answer.headers].join('\n')}\n${answer.text}`
  expect(told).not.toMatch(/channel-(alpha|beta|gamma)|sk-ant-api03|127\.0\.0\.1/)
  expect(told).not.toContain(new URL(upstream.url).port)
  expect(answer.headers.get('location')).toBeUndefined()
}

/** What the channels answer, the status the client gets, and whose answer it is. */
const PASSED: readonly (readonly [string, readonly Stop[], number, 'alpha' | 'beta'])[] = [
  [
    'a client error comes before an overload',
    [apiError('overloaded'), apiError('invalid_request')],
    400,
    'beta',
  ],
  ['a missing model comes before a limit', [apiError('model_not_found'), rateLimited()], 404, 'alpha'],
  ['a limit comes before an overload', [rateLimited(), apiError('overloaded')], 429, 'alpha'],
  ['a limit comes before a failure', [apiError('internal'), rateLimited()], 429, 'beta'],
  ['a limit comes before a refused credential', [rateLimited(), apiError('authentication')], 429, 'alpha'],
  ['a limit comes before a connection', [rateLimited(), DOWN, hangUp()], 429, 'alpha'],
  [
    'of two limits it is the last',
    [rateLimited({ message: 'a' }), rateLimited({ message: 'b' })],
    429,
    'beta',
  ],
  ['an overload comes before a failure', [apiError('overloaded'), apiError('internal')], 529, 'alpha'],
  ['a failure comes before silence', [apiError('internal'), silence()], 500, 'alpha'],
  [
    'a failure comes before a refused credential',
    [apiError('permission'), apiError('unavailable')],
    503,
    'beta',
  ],
  ['an HTML page of an edge is an answer, too', [hangUp(), htmlPage(502)], 502, 'beta'],
]

for (const [what, stops, status, whose] of PASSED) {
  test(`D7: ${what}, unmodified`, async () => {
    for (const stream of [true, false]) {
      const answer = await asked(stops, stream)
      const source = upstream.requests.find((request) => channelOf(request) === `channel-${whose}`)
      expect(answer.status).toBe(status)
      expect(answer.body).toEqual(source?.sent)
      expect(answer.headers.get('request-id')).toBe(source?.requestId)
      expectNothingTold(answer)
      expect(await rowOf(gateway, answer)).toMatchObject({ outcome: 'failed', status, error_code: null })
    }
  })
}

const OWN: readonly (readonly [string, readonly Stop[], number, FailureCode])[] = [
  [
    'refused credentials',
    [apiError('authentication'), apiError('permission')],
    502,
    'channel_credentials_refused',
  ],
  [
    'no credit',
    [apiError('billing'), apiError('credit_balance_too_low')],
    502,
    'channel_credentials_refused',
  ],
  [
    'a refused credential and no connection',
    [apiError('authentication'), DOWN],
    502,
    'channel_credentials_refused',
  ],
  ['no connection', [DOWN, DOWN], 502, 'upstream_unreachable'],
  ['connections that break', [hangUp(), hangUp('reset')], 502, 'upstream_failed'],
  ['redirects', [redirect(307, 'https://elsewhere.example'), redirect(301, '/')], 502, 'upstream_failed'],
  ['pages under 200', [htmlPage(200), htmlPage(200)], 502, 'upstream_failed'],
  ['streams without content', [handmadeStream([start()]), handmadeStream([])], 502, 'upstream_failed'],
  ['silence', [silence()], 504, 'upstream_timeout'],
]

for (const [what, stops, status, code] of OWN) {
  test(`D7: ${what} is the operator’s to know: the client gets ${status} (${code})`, async () => {
    const answer = await asked(stops)
    expect(answer.status).toBe(status)
    expect(answer.json).toMatchObject({ type: 'error', request_id: answer.headers.get('request-id') })
    expect(answer.text).not.toMatch(/x-api-key|credit|elsewhere|Sign in/)
    expectNothingTold(answer)
    const row = await rowOf(gateway, answer)
    expect(row).toMatchObject({ outcome: 'failed', status, error_code: code })
    expect(row.attempts.every(({ reason }) => reason)).toBe(true)
  })
}

/** An error that came under 200 gets the status that its type has. */
const HIDDEN: readonly (readonly [string, Stop, number])[] = [
  ['an error event', handmadeStream([errorEvent('overloaded')]), 529],
  ['an error event behind message_start', handmadeStream([start(), errorEvent('rate_limited')]), 429],
  ['a JSON error', errorUnder200('internal'), 500],
  ['a JSON error of the request’s', errorUnder200('prompt_too_long'), 400],
  ['a compressed JSON error', compressed(errorUnder200('overloaded'), 'gzip'), 529],
  ['a compressed error event', compressed(handmadeStream([errorEvent('overloaded')]), 'gzip'), 529],
]

for (const [what, stop, status] of HIDDEN) {
  test(`D7: ${what} under 200 goes back as a ${status}, in JSON`, async () => {
    const answer = await asked([stop])
    expect(answer.status).toBe(status)
    expect(answer.headers.get('content-type')).toBe('application/json')
    expect(answer.headers.get('content-encoding')).toBeUndefined()
    expect(answer.json).toMatchObject({ type: 'error', error: { message: expect.any(String) } })
    expect(answer.headers.get('content-length')).toBe(String(answer.body.length))
    expectNothingTold(answer)
  })
}

test('D7: a credential that is refused under 200 is as little the client’s business', async () => {
  const answer = await asked([errorUnder200('authentication')])
  expect([answer.status, answer.text.includes('x-api-key')]).toEqual([502, false])
})

const soon = (seconds: number) => new Date(Date.now() + seconds * 1000)

/** The limits in the order in which they are met, and the wait in seconds that the client is told. */
const WAITS: readonly (readonly [string, readonly Stop[], number])[] = [
  ['one limit', [rateLimited({ retryAfterSeconds: 40 })], 40],
  [
    'a longer one first',
    [rateLimited({ retryAfterSeconds: 90 }), rateLimited({ retryAfterSeconds: 20 })],
    20,
  ],
  [
    'a shorter one first',
    [rateLimited({ retryAfterSeconds: 20 }), rateLimited({ retryAfterSeconds: 90 })],
    20,
  ],
  ['milliseconds', [rateLimited({ retryAfterMs: 20_000 }), rateLimited({ retryAfterSeconds: 90 })], 20],
  ['a date', [rateLimited({ retryAfterDate: soon(600) }), rateLimited({ retryAfterSeconds: 20 })], 20],
]

for (const [what, stops, seconds] of WAITS) {
  test(`D7: the client waits for whichever channel is free first: ${what}`, async () => {
    const answer = await asked(stops)
    expect(answer.status).toBe(429)
    const told = Number(answer.headers.get('retry-after'))
    expect(told).toBeGreaterThanOrEqual(seconds - 1)
    expect(told).toBeLessThanOrEqual(seconds)
  })
}

test('D4, D7: a limit without a wait stays one: none is made up', async () => {
  const answer = await asked([rateLimited(), rateLimited()])
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, undefined])
})

test('D7: a channel’s key that an error repeats is masked for the client, and for the log', async () => {
  const leaking = rawAnswer(529, {}, 'overloaded for sk-ant-api03-channel-alpha')
  const answer = await asked([leaking])
  expect([answer.status, answer.text]).toEqual([529, 'overloaded for ***'])
  expect(JSON.stringify(await rowOf(gateway, answer))).not.toContain('sk-ant-api03-channel-alpha')
  expect(JSON.stringify(gateway.events)).not.toContain('sk-ant-api03-')
})
