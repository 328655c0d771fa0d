/** Rule D8: a session stays where its cache is warm, for as long as it is, and never longer. */
import { expect, test } from 'vitest'
import { apiError, rateLimited } from '../support/fake-upstream/errors.ts'
import { message } from '../support/fake-upstream/messages.ts'
import { brokenOff } from '../support/fake-upstream/rewriting.ts'
import { heldUntil } from '../support/fake-upstream/timing.ts'
import { moveClock } from '../support/movable-clock.ts'
import { startStand } from '../support/stand.ts'
import { Channels, type Question } from './channels-of.ts'

const clock = moveClock()
const stand = await startStand()
const { gateway } = stand
const channels = new Channels(stand)
const SECOND = 1000

/** Where the session is warm, by what a route for it would say. */
async function warmChannel(session: string, model?: string): Promise<string | undefined> {
  const { candidates } = await channels.explain({ session, ...(model && { model }) })
  return candidates.find(({ is_warm }) => is_warm)?.channel_name
}

/** A channel of two where a session is warm although another would be chosen by weight. @returns both. */
async function bindToSecondChoice(question: Question & { session: string }): Promise<[string, string]> {
  const { candidates } = await channels.explain({ session: question.session })
  const [first = '', second = ''] = candidates.map(({ channel_name }) => channel_name)
  await channels.operate(first, 'pause')
  expect(await channels.routeOf(question)).toEqual([second])
  await channels.operate(first, 'clear')
  return [second, first]
}

test('D8: a session stays with its channel over all its requests, and sessions spread', async () => {
  await channels.lay({ a: {}, b: {}, c: {}, d: {} })
  const sessions = Array.from({ length: 12 }, (_, index) => `session-${index}`)
  const places = new Set<string>()
  for (const session of sessions) {
    const first = await channels.routeOf({ session })
    places.add(first.join())
    for (let sent = 0; sent < 4; sent++)
      expect(await channels.routeOf({ session, stream: true })).toEqual(first)
  }
  expect(places.size).toBeGreaterThan(1)
})

test('D8: a warm channel comes before the one that weight would choose', async () => {
  await channels.lay({ a: {}, b: {} })
  const [warm, other] = await bindToSecondChoice({ session: 'one' })
  const answer = await channels.send({ session: 'one' })
  const { explanation } = await channels.explained(answer)
  expect(explanation.slice(0, 3)).toEqual([
    `The session’s cache was warm on ${warm}.`,
    `1. ${warm}.`,
    `2. ${other}.`,
  ])
})

test('D8: without a mark a session is warm for 300 s since its last use', async () => {
  await channels.lay({ a: {}, b: {} })
  const [warm] = await bindToSecondChoice({ session: 'one' })
  clock.skip(299 * SECOND)
  expect(await channels.routeOf({ session: 'one' })).toEqual([warm])
  clock.skip(299 * SECOND)
  expect(await warmChannel('one')).toBe(warm)
  clock.skip(2 * SECOND)
  expect(await warmChannel('one')).toBeUndefined()
})

const MARKS: readonly (readonly [string, object, boolean])[] = [
  [
    'in system',
    { system: [{ type: 'text', text: 'Be brief', cache_control: { type: 'ephemeral', ttl: '1h' } }] },
    true,
  ],
  [
    'in a tool',
    { tools: [{ name: 't', input_schema: {}, cache_control: { ttl: '1h', type: 'ephemeral' } }] },
    true,
  ],
  [
    'of five minutes',
    { system: [{ type: 'text', text: 'x', cache_control: { type: 'ephemeral', ttl: '5m' } }] },
    false,
  ],
  ['that is only a word of the prompt', { system: 'wait 1h, or "1h"' }, false],
]

for (const [where, fields, isLong] of MARKS) {
  test(`D8: a mark ${where}: warm for ${isLong ? 'an hour' : 'five minutes'}`, async () => {
    await channels.lay({ a: {}, b: {} })
    const [warm] = await bindToSecondChoice({ session: 'one', fields })
    clock.skip(301 * SECOND)
    expect(await warmChannel('one')).toBe(isLong ? warm : undefined)
    clock.skip(3298 * SECOND)
    expect(await warmChannel('one')).toBe(isLong ? warm : undefined)
    clock.skip(2 * SECOND)
    expect(await warmChannel('one')).toBeUndefined()
  })
}

test('D8: a session is one within one gateway key and one model', async () => {
  await channels.lay({ a: {}, b: {} })
  const [warm, other] = await bindToSecondChoice({ session: 'one' })
  expect(await warmChannel('one')).toBe(warm)
  expect(await warmChannel('two')).toBeUndefined()
  expect(await warmChannel('one', 'claude-opus-5')).toBeUndefined()
  const { id } = await gateway.admin<{ id: number }>('POST', '/api/keys', { name: 'another' })
  const { candidates } = await gateway.admin<Awaited<ReturnType<Channels['explain']>>>(
    'POST',
    '/api/routes/explain',
    {
      model: 'claude-sonnet-5',
      session_id: 'one',
      key_id: id,
    },
  )
  expect(candidates.map(({ is_warm }) => is_warm)).toEqual([false, false])
  expect(other).not.toBe(warm)
})

test('D8: a spill-over for capacity does not take a session along', async () => {
  await channels.lay({ narrow: { priority: 5, max_concurrency: 1 }, wide: { priority: 5 } })
  await channels.operate('wide', 'pause')
  await channels.send({ session: 'one' })
  await channels.operate('wide', 'clear')
  const gate = Promise.withResolvers<void>()
  channels.answers('narrow', heldUntil(gate.promise, message()))
  const held = channels.begin({ session: 'one' })
  await stand.upstream.waitForRequests(2)
  expect(await channels.routeOf({ session: 'one' })).toEqual(['wide'])
  expect(await warmChannel('one')).toBe('narrow')
  gate.resolve()
  await held.whole
  expect(await channels.routeOf({ session: 'one' })).toEqual(['narrow'])
})

test('D8: a channel over its limit is never bound, also where nothing else was left', async () => {
  await channels.lay({ only: { max_requests_per_minute: 1 } })
  await channels.send({ session: 'one' })
  await channels.send({ session: 'two' })
  expect([await warmChannel('one'), await warmChannel('two')]).toEqual(['only', undefined])
})

test('D8: a binding to a channel that is left out is skipped, and the session moves', async () => {
  await channels.lay({ a: {}, b: {} })
  const [warm = '', other] = await bindToSecondChoice({ session: 'one' })
  channels.answers(warm, rateLimited({ retryAfterSeconds: 100 }))
  expect(await channels.routeOf({ session: 'one' })).toEqual([warm, other])
  channels.answers(warm, message())
  expect(await channels.routeOf({ session: 'one' })).toEqual([other])
  clock.skip(101 * SECOND)
  // Its cache is warm on the other by now.
  expect(await channels.routeOf({ session: 'one' })).toEqual([other])
})

const UNBOUND: readonly (readonly [string, Parameters<Channels['answers']>[1], boolean])[] = [
  ['that fails', apiError('internal'), false],
  ['that is refused for itself', apiError('invalid_request'), false],
  ['whose answer breaks off', brokenOff(message(), 5), true],
]
for (const [what, answer, stream] of UNBOUND) {
  test(`D8: a request ${what} binds its session to nothing`, async () => {
    await channels.lay({ a: { answer } })
    await channels.send({ session: 'one', stream })
    expect(await warmChannel('one')).toBeUndefined()
  })
}

test('D8: counting tokens neither binds a session nor keeps it warm', async () => {
  await channels.lay({ a: {} })
  const count = (session: string) =>
    gateway.send(
      { model: 'claude-sonnet-5', messages: [] },
      { 'x-claude-code-session-id': session },
      '/v1/messages/count_tokens',
    )
  await count('one')
  expect(await warmChannel('one')).toBeUndefined()
  await channels.send({ session: 'two' })
  clock.skip(200 * SECOND)
  await count('two')
  clock.skip(101 * SECOND)
  expect(await warmChannel('two')).toBeUndefined()
})
