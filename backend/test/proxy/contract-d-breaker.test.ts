/** Rule D6: a channel that keeps failing is left alone, comes back by one probe at a time, and old news changes nothing. */
import { expect, test } from 'vitest'
import type { Script } from '../support/fake-upstream/answer.ts'
import { apiError } from '../support/fake-upstream/errors.ts'
import { message } from '../support/fake-upstream/messages.ts'
import { hangUp } from '../support/fake-upstream/odd-answers.ts'
import { brokenOff } from '../support/fake-upstream/rewriting.ts'
import { heldUntil } from '../support/fake-upstream/timing.ts'
import { moveClock } from '../support/movable-clock.ts'
import { startStand } from '../support/stand.ts'
import { Channels, type LaidChannel } from './channels-of.ts'
import { BLOCK, BLOCK_END, delta, ending, STOP, start, streamOf } from './frames.ts'

const clock = moveClock()
const stand = await startStand()
const channels = new Channels(stand)
const SECOND = 1000
const FAILING: LaidChannel = { answer: apiError('internal'), priority: 10 }

async function send(count: number): Promise<number[]> {
  const statuses: number[] = []
  for (let sent = 0; sent < count; sent++) statuses.push((await channels.send()).status)
  return statuses
}

/** The channel `only`, just tripped, whose upstream is well again. */
async function layTripped(others: Record<string, LaidChannel> = {}): Promise<void> {
  await channels.lay({ only: FAILING, ...others })
  await send(5)
  expect((await channels.healthOf('only')).breaker.state).toBe('open')
  channels.answers('only', message())
}

/** A stream whose beginning comes at once, and its end when the gate opens. */
function heldAfterContent(gate: Promise<void>): Script {
  return streamOf(
    (async function* () {
      yield Buffer.concat([start(), BLOCK, delta('Well ')])
      await gate
      yield Buffer.concat([BLOCK_END, ending(), STOP])
    })(),
  )
}

const askedOfOnly = (): number => channels.asked.filter((name) => name === 'only').length

test('D6: the fifth failure in a row opens the breaker for 30 s: the answer is instant, and nobody is asked', async () => {
  await channels.lay({ only: FAILING })
  await send(4)
  expect((await channels.healthOf('only')).breaker).toMatchObject({
    state: 'closed',
    consecutive_failures: 4,
  })
  await send(1)
  const { state, breaker, until_ms, timeline } = await channels.healthOf('only')
  expect([state, breaker.state, breaker.until_ms]).toEqual(['open', 'open', until_ms])
  expect(Math.abs((until_ms ?? 0) - Date.now() - 30 * SECOND)).toBeLessThan(SECOND)
  expect(timeline[0]).toMatchObject({ event: 'breaker_open', reason: expect.stringContaining('500') })
  const answer = await channels.send()
  expect(channels.asked).toHaveLength(5)
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([529, '30'])
  expect(answer.text).toContain('failed too often')
  expect(await channels.explained(answer)).toMatchObject({ error_code: 'no_channel_available', attempts: [] })
})

test('D6: a success in between starts the count anew', async () => {
  await channels.lay({ only: FAILING })
  await send(4)
  channels.answers('only', message())
  await send(1)
  channels.answers('only', hangUp())
  await send(4)
  expect((await channels.healthOf('only')).breaker).toMatchObject({
    state: 'closed',
    consecutive_failures: 4,
  })
})

test('D6: half of twenty within a minute opens it, though never five in a row', async () => {
  await channels.lay({ only: FAILING })
  for (let round = 0; round < 10; round++) {
    expect((await channels.healthOf('only')).breaker.state).toBe('closed')
    channels.answers('only', message())
    await send(1)
    channels.answers('only', hangUp('reset'))
    await send(1)
  }
  expect((await channels.healthOf('only')).breaker.state).toBe('open')
})

test('D6: failures that are older than a minute do not count towards the half', async () => {
  await channels.lay({ only: FAILING })
  for (let round = 0; round < 14; round++) {
    channels.answers('only', message())
    await send(1)
    channels.answers('only', hangUp())
    await send(1)
    clock.skip(10 * SECOND)
  }
  expect((await channels.healthOf('only')).breaker.state).toBe('closed')
})

test('D6: streams that break off after their content count as failures', async () => {
  await channels.lay({ only: { answer: brokenOff(message(), 5) } })
  for (let sent = 0; sent < 5; sent++) await channels.send({ stream: true })
  expect((await channels.healthOf('only')).breaker.state).toBe('open')
})

test('D2, D6: errors of requests change nothing, however many', async () => {
  await channels.lay({ only: { answer: apiError('invalid_request') } })
  await send(30)
  expect(await channels.healthOf('only')).toMatchObject({
    state: 'active',
    breaker: { state: 'closed', consecutive_failures: 0 },
    timeline: [],
  })
  expect(channels.asked).toHaveLength(30)
})

test('D6: half-open lets exactly one of many requests through; the others go elsewhere', async () => {
  await layTripped({ other: { priority: 5 } })
  clock.skip(30 * SECOND)
  const gate = Promise.withResolvers<void>()
  channels.answers('only', heldUntil(gate.promise, message()))
  const [before, calls] = [askedOfOnly(), Array.from({ length: 20 }, () => channels.begin())]
  await stand.upstream.waitForRequests(before + 5 + 20)
  expect(askedOfOnly()).toBe(before + 1)
  expect(await channels.healthOf('only')).toMatchObject({ state: 'half_open', requests_in_flight: 1 })
  expect((await channels.explain()).left_out).toMatchObject([{ channel_name: 'only', reason: 'probing' }])
  gate.resolve()
  const answers = await Promise.all(calls.map(({ whole }) => whole))
  expect(answers.every(({ status }) => status === 200)).toBe(true)
})

test('D6: alone, a half-open channel gives the others an instant answer', async () => {
  await layTripped()
  clock.skip(30 * SECOND)
  const gate = Promise.withResolvers<void>()
  channels.answers('only', heldUntil(gate.promise, message()))
  const probe = channels.begin()
  await stand.upstream.waitForRequests(6)
  const answer = await channels.send()
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([529, '1'])
  gate.resolve()
  expect((await probe.whole).status).toBe(200)
  expect(askedOfOnly()).toBe(6)
})

test('D6: two successes in turn close it', async () => {
  await layTripped()
  clock.skip(30 * SECOND)
  expect(await send(1)).toEqual([200])
  expect((await channels.healthOf('only')).breaker.state).toBe('half_open')
  expect(await send(1)).toEqual([200])
  const { state, breaker, timeline } = await channels.healthOf('only')
  expect([state, breaker.state]).toEqual(['active', 'closed'])
  const events = timeline.map(({ event }) => event)
  expect(events).toEqual(['breaker_closed', 'breaker_half_open', 'breaker_open'])
})

test('D6: a probe that fails opens it twice as long, up to ten minutes', async () => {
  await layTripped()
  channels.answers('only', apiError('internal'))
  clock.skip(30 * SECOND)
  for (const seconds of [60, 120, 240, 480, 600, 600]) {
    expect(await send(1)).toEqual([500])
    const { until_ms, breaker } = await channels.healthOf('only')
    expect(breaker.state).toBe('open')
    expect(Math.abs((until_ms ?? 0) - Date.now() - seconds * SECOND)).toBeLessThan(SECOND)
    clock.skip(seconds * SECOND)
  }
})

test('D6, D9: a probe whose client leaves, or whose request is at fault, is given back', async () => {
  await layTripped()
  clock.skip(30 * SECOND)
  channels.answers('only', heldUntil(new Promise(() => undefined), message()))
  const leaving = channels.begin()
  await stand.upstream.waitForRequests(6)
  leaving.leave()
  await expect.poll(async () => (await channels.healthOf('only')).requests_in_flight).toBe(0)
  channels.answers('only', apiError('invalid_request'))
  expect(await send(2)).toEqual([400, 400])
  channels.answers('only', message())
  expect(await send(2)).toEqual([200, 200])
  expect((await channels.healthOf('only')).breaker.state).toBe('closed')
})

test('D6: a probe’s stream that shows content has told enough: the next one need not wait for its end', async () => {
  await layTripped()
  clock.skip(30 * SECOND)
  const gate = Promise.withResolvers<void>()
  channels.answers('only', () => heldAfterContent(gate.promise))
  const first = channels.begin({ stream: true })
  await (await first.head).until('content_block_delta')
  const second = channels.begin({ stream: true })
  await (await second.head).until('content_block_delta')
  expect((await channels.healthOf('only')).breaker.state).toBe('closed')
  gate.resolve()
  await Promise.all([first.whole, second.whole])
})

test('D6: a late failure of an attempt from before the trip changes nothing', async () => {
  const gate = Promise.withResolvers<void>()
  await channels.lay({ only: { answer: heldUntil(gate.promise, apiError('internal')) } })
  const late = Array.from({ length: 6 }, () => channels.begin())
  await stand.upstream.waitForRequests(6)
  channels.answers('only', apiError('internal'))
  await send(5)
  const before = await channels.healthOf('only')
  clock.skip(31 * SECOND)
  gate.resolve()
  await Promise.all(late.map(({ whole }) => whole))
  expect(await channels.healthOf('only')).toMatchObject({ breaker: before.breaker, requests_in_flight: 0 })
  channels.answers('only', message())
  expect(await send(2)).toEqual([200, 200])
})

test('D6: an operator who clears a channel closes its breaker', async () => {
  await layTripped()
  await channels.operate('only', 'clear')
  expect(await send(1)).toEqual([200])
})
