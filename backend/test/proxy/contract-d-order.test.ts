/** Rule D1: descending priority, then the warm channel, then weight; who is at its limit comes last. */
import { expect, test } from 'vitest'
import { apiError } from '../support/fake-upstream/errors.ts'
import { message } from '../support/fake-upstream/messages.ts'
import { hangUp } from '../support/fake-upstream/odd-answers.ts'
import { heldUntil } from '../support/fake-upstream/timing.ts'
import { startStand } from '../support/stand.ts'
import { Channels, MODEL } from './channels-of.ts'

const stand = await startStand()
const channels = new Channels(stand)

/** How often each name is among them. */
const counted = (names: readonly string[]): Record<string, number> =>
  Object.fromEntries([...Map.groupBy(names, (name) => name)].map(([name, all]) => [name, all.length]))

test('D1: the larger priority is asked, whatever the weights and the sessions', async () => {
  await channels.lay({ low: { priority: 5, weight: 1000 }, high: { priority: 10, weight: 1 } })
  await Promise.all(Array.from({ length: 30 }, () => channels.send()))
  expect(counted(channels.asked)).toEqual({ high: 30 })
})

test('D1: a session’s warm channel comes first within its priority, and not before a larger one', async () => {
  await channels.lay({ high: { priority: 10 }, low: { priority: 5 }, low2: { priority: 5 } })
  await channels.operate('high', 'pause')
  const [warm] = await channels.routeOf({ session: 'one' })
  expect(await channels.routeOf({ session: 'one' })).toEqual([warm])
  await channels.operate('high', 'clear')
  expect(await channels.routeOf({ session: 'one' })).toEqual(['high'])
})

test('D1: within one priority sessions spread by weight', async () => {
  await channels.lay({ three: { weight: 3 }, one: { weight: 1 } })
  const sessions = 400
  for (let sent = 0; sent < sessions; sent += 20) {
    await Promise.all(Array.from({ length: 20 }, () => channels.send()))
  }
  const { three = 0, one = 0 } = counted(channels.asked)
  expect(three + one).toBe(sessions)
  // Four standard deviations of 400 throws with three quarters.
  expect(Math.abs(three / sessions - 0.75)).toBeLessThan(0.087)
})

test('D1: a session that is warm nowhere is asked on the same channel each time', async () => {
  await channels.lay({ a: {}, b: {}, c: {}, d: {} })
  for (const name of ['a', 'b', 'c', 'd']) channels.answers(name, apiError('invalid_request'))
  for (const session of ['one', 'two', 'three']) {
    const routes = await Promise.all(Array.from({ length: 5 }, () => channels.routeOf({ session })))
    expect(new Set(routes.flat()).size).toBe(1)
  }
})

test('D1: each failure moves to the best channel not yet tried: all of a priority before the next, none twice', async () => {
  await channels.lay({
    low: { priority: 1 },
    high1: { priority: 10, answer: apiError('internal') },
    high2: { priority: 10, answer: hangUp() },
    middle: { priority: 5, answer: apiError('internal') },
  })
  for (const session of ['one', 'two', 'three', 'four']) {
    const route = await channels.routeOf({ session })
    expect(route.slice(0, 2).toSorted()).toEqual(['high1', 'high2'])
    expect(route.slice(2)).toEqual(['middle', 'low'])
  }
})

test('D1: at most four channels are tried', async () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f']
  await channels.lay(
    Object.fromEntries(
      names.map((name, index) => [name, { priority: 9 - index, answer: apiError('internal') }]),
    ),
  )
  expect(await channels.routeOf()).toEqual(['a', 'b', 'c', 'd'])
})

test('D1: a channel at its max_concurrency comes last, whatever its priority, and back when a request ends', async () => {
  await channels.lay({ narrow: { priority: 10, max_concurrency: 2 }, wide: { priority: 5 } })
  const gate = Promise.withResolvers<void>()
  channels.answers('narrow', heldUntil(gate.promise, message()))
  const held = [channels.begin(), channels.begin()]
  await stand.upstream.waitForRequests(2)
  expect((await channels.healthOf('narrow')).requests_in_flight).toBe(2)
  const answer = await channels.send()
  const { attempts, explanation } = await channels.explained(answer)
  expect(attempts.map(({ channel_name }) => channel_name)).toEqual(['wide'])
  expect(explanation.slice(0, 2)).toEqual([
    '1. wide.',
    '2. narrow, last, since it is at its limit of requests.',
  ])
  gate.resolve()
  await Promise.all(held.map(({ whole }) => whole))
  expect(await channels.routeOf()).toEqual(['narrow'])
})

test('D1: where every channel is at its limit, the best of them is asked: a limit is a preference', async () => {
  await channels.lay({ high: { priority: 10, max_concurrency: 1 }, low: { priority: 5, max_concurrency: 1 } })
  const gate = Promise.withResolvers<void>()
  for (const name of ['high', 'low']) channels.answers(name, heldUntil(gate.promise, message()))
  const calls = []
  for (let sent = 0; sent < 3; sent++) {
    calls.push(channels.begin())
    await stand.upstream.waitForRequests(sent + 1)
  }
  expect(channels.asked).toEqual(['high', 'low', 'high'])
  gate.resolve()
  const answers = await Promise.all(calls.map(({ whole }) => whole))
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
})

test('D1: a channel that had its max_requests_per_minute comes last, and is asked where nothing else is left', async () => {
  await channels.lay({ slow: { priority: 10, max_requests_per_minute: 3 }, other: { priority: 5 } })
  for (let sent = 0; sent < 5; sent++) await channels.send()
  expect(channels.asked).toEqual(['slow', 'slow', 'slow', 'other', 'other'])
  await channels.operate('other', 'deactivate')
  expect((await channels.send()).status).toBe(200)
  expect(channels.asked.at(-1)).toBe('slow')
})

test('D1: a channel that is full is tried when those before it fail', async () => {
  await channels.lay({
    slow: { priority: 10, max_requests_per_minute: 1 },
    other: { priority: 5, answer: apiError('internal') },
  })
  await channels.send()
  expect(await channels.routeOf()).toEqual(['other', 'slow'])
})

test('D1: a channel with a list of models gets no other, and a name that only mappings know goes only where they lead', async () => {
  await channels.lay({
    opus: { priority: 10, models: ['claude-opus-*'] },
    mapped: { priority: 5 },
    any: { priority: 1 },
  })
  const mapping = { channel_id: channels.idOf('mapped'), display_model: 'house-model', upstream_model: MODEL }
  await stand.gateway.admin('POST', '/api/mappings', mapping)
  for (const name of ['opus', 'mapped', 'any']) channels.answers(name, apiError('internal'))
  expect(await channels.routeOf({ model: 'claude-opus-5' })).toEqual(['opus', 'mapped', 'any'])
  expect(await channels.routeOf({ model: 'claude-haiku-4-5' })).toEqual(['mapped', 'any'])
  expect(await channels.routeOf({ model: 'house-model' })).toEqual(['mapped'])
})
