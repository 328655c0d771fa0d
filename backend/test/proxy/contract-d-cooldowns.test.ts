/** Rules D4 and D5: a channel rests as long as its upstream said, for the model it spoke of, and comes back by itself. */
import { expect, test } from 'vitest'
import type { Script } from '../support/fake-upstream/answer.ts'
import { apiError, rateLimited } from '../support/fake-upstream/errors.ts'
import { message } from '../support/fake-upstream/messages.ts'
import { heldUntil } from '../support/fake-upstream/timing.ts'
import { moveClock } from '../support/movable-clock.ts'
import { startStand } from '../support/stand.ts'
import { Channels } from './channels-of.ts'

const clock = moveClock()
const stand = await startStand()
const channels = new Channels(stand)

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

/** A better channel that answers this once and then recovers, before another one. */
async function layFailing(answer: Script): Promise<void> {
  await channels.lay({ better: { priority: 10, answer }, other: { priority: 5 } })
  expect(await channels.routeOf()).toEqual(['better', 'other'])
  channels.answers('better', message())
}

const fiveHours = () => rateLimited({ unified: { claim: 'five_hour', resetAtMs: Date.now() + 5 * HOUR } })
const inTenMinutes = () => rateLimited({ retryAfterDate: new Date(Date.now() + 10 * MINUTE) })

/** What the upstream says, and how long it is left alone. */
const RESTS: readonly (readonly [string, () => Script, number])[] = [
  ['429 with 40 seconds', () => rateLimited({ retryAfterSeconds: 40 }), 40 * SECOND],
  ['429 with milliseconds', () => rateLimited({ retryAfterMs: 9000 }), 9 * SECOND],
  ['429 with a date', inTenMinutes, 10 * MINUTE],
  ['429 of a five-hour window', fiveHours, 5 * HOUR],
  ['429 without a header', () => rateLimited(), 5 * SECOND],
  ['503', () => apiError('unavailable'), 15 * SECOND],
  ['529', () => apiError('overloaded'), 15 * SECOND],
  ['401', () => apiError('authentication'), 30 * MINUTE],
  ['402', () => apiError('billing'), 30 * MINUTE],
  ['403', () => apiError('permission'), 30 * MINUTE],
  ['no credit', () => apiError('credit_balance_too_low'), 30 * MINUTE],
  ['404 for the model', () => apiError('model_not_found'), 12 * HOUR],
]

for (const [what, answer, restMs] of RESTS) {
  test(`D4, D5: after ${what} the channel is not asked for ${restMs / SECOND} s, and then again`, async () => {
    await layFailing(answer())
    expect(await channels.routeOf()).toEqual(['other'])
    // Dates and resets are whole seconds, and the tests before took some.
    clock.skip(restMs - 2 * SECOND)
    expect(await channels.routeOf()).toEqual(['other'])
    clock.skip(2 * SECOND)
    expect(await channels.routeOf()).toEqual(['better'])
    expect(await channels.healthOf('better')).toMatchObject({ state: 'active', cooldowns: [] })
  })
}

test('D4: a limit holds for its model; the other models are asked for as before', async () => {
  await layFailing(rateLimited({ retryAfterSeconds: 40 }))
  expect(await channels.routeOf()).toEqual(['other'])
  expect(await channels.routeOf({ model: 'claude-opus-5' })).toEqual(['better'])
})

test('D4: the limit of a subscription’s window holds for every model', async () => {
  await layFailing(fiveHours())
  expect(await channels.routeOf({ model: 'claude-opus-5' })).toEqual(['other'])
})

test('D5: a missing model is missing alone, until an operator clears it', async () => {
  await layFailing(apiError('model_not_found'))
  expect(await channels.routeOf({ model: 'claude-opus-5' })).toEqual(['better'])
  const health = await channels.healthOf('better')
  expect(health).toMatchObject({ state: 'model_missing', cooldowns: [{ model: 'claude-sonnet-5' }] })
  await channels.operate('better', 'clear')
  expect(await channels.routeOf()).toEqual(['better'])
})

test('D4: where every channel is limited the answer is instant, with the earliest true wait, and asks nobody', async () => {
  const [long, short] = [rateLimited({ retryAfterSeconds: 50 }), rateLimited({ retryAfterSeconds: 20 })]
  await channels.lay({ a: { answer: long }, b: { answer: short } })
  await channels.send()
  expect(channels.asked).toHaveLength(2)
  const answer = await channels.send()
  expect(channels.asked).toHaveLength(2)
  expect(answer.status).toBe(429)
  expect(answer.json).toMatchObject({ type: 'error', error: { type: 'rate_limit_error' } })
  expect(answer.text).toContain('2 are rate limited')
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThanOrEqual(19)
  expect(Number(answer.headers.get('retry-after'))).toBeLessThanOrEqual(20)
  expect(answer.headers.get('x-should-retry')).toBeUndefined()
  const row = await channels.explained(answer)
  expect(row).toMatchObject({ error_code: 'all_channels_limited', attempts: [], outcome: 'failed' })
  expect(row.explanation.filter((words) => words.includes('rate limited until'))).toHaveLength(2)
})

test('C4, D4: a wait above a minute is told with x-should-retry: false', async () => {
  await channels.lay({ a: { answer: rateLimited({ retryAfterSeconds: 90 }) } })
  await channels.send()
  const answer = await channels.send()
  expect([answer.status, answer.headers.get('x-should-retry')]).toEqual([429, 'false'])
})

test('D4: without a header no wait is invented: the channel is asked again at once where no other is left', async () => {
  await channels.lay({ only: { answer: rateLimited() } })
  const answers = [await channels.send(), await channels.send()]
  expect(answers.map(({ status, headers }) => [status, headers.get('retry-after')])).toEqual([
    [429, undefined],
    [429, undefined],
  ])
  expect(channels.asked).toEqual(['only', 'only'])
})

test('D5: an overload doubles from 15 s to 2 min, and a success starts it anew', async () => {
  await channels.lay({ only: { answer: apiError('overloaded') } })
  for (const seconds of [15, 30, 60, 120, 120]) {
    const askedAtMs = Date.now()
    // It comes last meanwhile, which is first where it is alone.
    expect((await channels.send()).status).toBe(529)
    const { until_ms, state } = await channels.healthOf('only')
    expect(state).toBe('overloaded')
    expect(Math.abs((until_ms ?? 0) - askedAtMs - seconds * SECOND)).toBeLessThan(SECOND)
    clock.skip(seconds * SECOND)
  }
  channels.answers('only', message())
  await channels.send()
  channels.answers('only', apiError('overloaded'))
  const askedAtMs = Date.now()
  await channels.send()
  const { until_ms } = await channels.healthOf('only')
  expect(Math.abs((until_ms ?? 0) - askedAtMs - 15 * SECOND)).toBeLessThan(SECOND)
})

test('D5: many requests that meet one overload together double nothing', async () => {
  const gate = Promise.withResolvers<void>()
  await channels.lay({ only: { answer: heldUntil(gate.promise, apiError('overloaded')) } })
  const calls = Array.from({ length: 10 }, () => channels.send())
  await stand.upstream.waitForRequests(10)
  const askedAtMs = Date.now()
  gate.resolve()
  await Promise.all(calls)
  const { until_ms } = await channels.healthOf('only')
  expect((until_ms ?? 0) - askedAtMs).toBeLessThan(17 * SECOND)
})

test('D5: an overloaded channel that answers is well again', async () => {
  await layFailing(apiError('overloaded'))
  await channels.operate('other', 'deactivate')
  expect(await channels.routeOf()).toEqual(['better'])
  expect(await channels.healthOf('better')).toMatchObject({ state: 'active', cooldowns: [] })
})

test('D5, D7: a refused credential is asked no more, and the client is told nothing of it', async () => {
  await channels.lay({ only: { answer: apiError('authentication') } })
  await channels.send()
  const answer = await channels.send()
  expect(channels.asked).toEqual(['only'])
  expect([answer.status, answer.headers.get('x-should-retry')]).toEqual([502, 'false'])
  expect(answer.text).not.toMatch(/x-api-key|only/)
  expect(await channels.healthOf('only')).toMatchObject({
    state: 'credential_refused',
    reason: expect.stringContaining('401 authentication_error invalid x-api-key'),
  })
  await channels.operate('only', 'clear')
  channels.answers('only', message())
  expect((await channels.send()).status).toBe(200)
})

test('a pause leaves a channel out for as long as it says, and ends by itself', async () => {
  await channels.lay({ better: { priority: 10 }, other: { priority: 5 } })
  await channels.operate('better', 'pause')
  expect(await channels.routeOf()).toEqual(['other'])
  clock.skip(29 * MINUTE)
  expect(await channels.routeOf()).toEqual(['other'])
  clock.skip(MINUTE)
  expect(await channels.routeOf()).toEqual(['better'])
})
