/** What `POST /api/routes/explain` says is what then happens, and what the log explains is what happened. */
import { expect, test } from 'vitest'
import { apiError, rateLimited } from '../support/fake-upstream/errors.ts'
import { message } from '../support/fake-upstream/messages.ts'
import { hangUp } from '../support/fake-upstream/odd-answers.ts'
import { heldUntil } from '../support/fake-upstream/timing.ts'
import { moveClock } from '../support/movable-clock.ts'
import { startStand } from '../support/stand.ts'
import { Channels, type LaidChannel, MODEL } from './channels-of.ts'

const clock = moveClock()
const stand = await startStand()
const { gateway, upstream } = stand
const channels = new Channels(stand)

/** Asks where a request would go, sends it, and compares: the order, the reasons, the answer. */
async function expectAgreement(question: { session: string; model?: string }): Promise<void> {
  const route = await channels.explain(question)
  const names = route.candidates.map(({ channel_name }) => channel_name)
  const askedBefore = channels.asked.length
  const answer = await channels.send(question)
  const { attempts, explanation, error_code } = await channels.explained(answer)
  const tried = attempts.map(({ channel_name }) => channel_name)
  expect(tried).toEqual(names.slice(0, tried.length))
  expect(channels.asked.slice(askedBefore)).toEqual(tried)
  const planned = explanation.filter((words) => /^\d+\. /.test(words))
  expect(planned.map((words) => words.replace(/^\d+\. ([^.,]*).*$/, '$1'))).toEqual(names)
  const [warm] = route.candidates.filter(({ is_warm }) => is_warm)
  if (warm) expect(explanation).toContain(`The session’s cache was warm on ${warm.channel_name}.`)
  for (const { last, channel_name } of route.candidates) {
    const [words = ''] = planned.filter((one) => one.includes(` ${channel_name}`))
    expect(words.includes(', last, since it ')).toBe(last !== null)
  }
  for (const { words } of route.left_out) expect(explanation).toContain(`Not ${words.replace(/ /, ': it ')}`)
  if (route.refusal !== null) {
    expect([answer.status, error_code]).toEqual([route.refusal.status, route.refusal.code])
    expect(answer.text).toContain(route.refusal.message.slice(0, 40))
  } else expect(tried.length).toBeGreaterThan(0)
}

const FIVE: Record<string, LaidChannel> = {
  best: { priority: 10 },
  good: { priority: 5 },
  equal: { priority: 5, weight: 2 },
  opus: { priority: 20, models: ['claude-opus-*'] },
  off: { priority: 30, enabled: false },
}

/** What befalls the channels, one after the other; after each, explanation and deed are compared. */
const EVENTS: readonly (readonly [string, () => Promise<unknown> | unknown])[] = [
  ['all are well', () => undefined],
  ['the best one is limited', () => channels.answers('best', rateLimited({ retryAfterSeconds: 100 }))],
  ['it is left out', () => undefined],
  ['one is paused', () => channels.operate('good', 'pause')],
  ['another is overloaded', () => channels.answers('equal', apiError('overloaded'))],
  ['it comes last', () => undefined],
  [
    'it is limited, too: none is left',
    () => channels.answers('equal', rateLimited({ retryAfterSeconds: 50 })),
  ],
  ['the answer is instant', () => undefined],
  ['the first limit is over', () => clock.skip(101_000)],
  ['one refuses our credential', () => channels.answers('best', apiError('permission'))],
  ['all are cleared', () => clearAll()],
]

async function clearAll(): Promise<void> {
  for (const name of ['best', 'good', 'equal']) {
    channels.answers(name, message())
    await channels.operate(name, 'clear')
  }
}

test('through a day of failures each explanation agrees with what then happens', async () => {
  await channels.lay(FIVE)
  for (const [, befall] of EVENTS) {
    await befall()
    await expectAgreement({ session: 'one' })
    await expectAgreement({ session: crypto.randomUUID() })
    await expectAgreement({ session: crypto.randomUUID(), model: 'claude-opus-5' })
  }
})

test('many sessions over many channels: the first one named is the one that is asked', async () => {
  const names = Array.from({ length: 8 }, (_, index) => `channel-${index}`)
  await channels.lay(Object.fromEntries(names.map((name, index) => [name, { weight: index + 1 }])))
  for (let count = 0; count < 40; count++) await expectAgreement({ session: `session-${count}` })
})

test('an open breaker, and one that is being tried, are told as such', async () => {
  await channels.lay({ only: { answer: apiError('internal') } })
  for (let sent = 0; sent < 5; sent++) await channels.send()
  await expectAgreement({ session: 'one' })
  expect((await channels.explain()).left_out).toMatchObject([{ reason: 'breaker_open' }])
  clock.skip(30_000)
  expect((await channels.explain()).candidates).toHaveLength(1)
  const gate = Promise.withResolvers<void>()
  channels.answers('only', heldUntil(gate.promise, message()))
  const probe = channels.begin()
  await upstream.waitForRequests(6)
  expect((await channels.explain()).left_out).toMatchObject([{ reason: 'probing' }])
  await expectAgreement({ session: 'two' })
  gate.resolve()
  await probe.whole
})

test('an explanation sends nothing and changes nothing', async () => {
  await channels.lay({ only: { answer: hangUp() } })
  for (let sent = 0; sent < 5; sent++) await channels.send()
  clock.skip(30_000)
  for (let asked = 0; asked < 3; asked++) expect((await channels.explain()).candidates).toHaveLength(1)
  expect(channels.asked).toHaveLength(5)
  expect(await channels.healthOf('only')).toMatchObject({ breaker: { state: 'open' }, requests_in_flight: 0 })
})

test('edits that an explanation tried out do what it said once they are made', async () => {
  await channels.lay(FIVE)
  const edits = { best: { enabled: false }, good: { priority: 50 }, off: { enabled: true } }
  const overrides = Object.entries(edits).map(([name, edit]) => ({
    channel_id: channels.idOf(name),
    ...edit,
  }))
  const predicted = await channels.explain({ session: 'one', overrides })
  expect((await channels.explain({ session: 'one' })).candidates[0]?.channel_name).toBe('best')
  for (const [name, edit] of Object.entries(edits)) await channels.operate(name, edit)
  const now = await channels.explain({ session: 'one' })
  expect(now).toEqual(predicted)
  expect(await channels.routeOf({ session: 'one' })).toEqual(['good'])
})

test('a mapping’s name is explained with the model that the upstream is asked for', async () => {
  await channels.lay({ mapped: { priority: 10 }, other: {} })
  const mapping = { channel_id: channels.idOf('mapped'), display_model: 'house', upstream_model: MODEL }
  await gateway.admin('POST', '/api/mappings', mapping)
  const { candidates, left_out } = await channels.explain({ model: 'house' })
  expect(candidates).toMatchObject([{ channel_name: 'mapped', upstream_model: MODEL }])
  expect(left_out).toMatchObject([{ channel_name: 'other', reason: 'model_not_served' }])
  await expectAgreement({ session: 'one', model: 'house' })
  expect(upstream.requests.at(-1)?.model).toBe(MODEL)
})
