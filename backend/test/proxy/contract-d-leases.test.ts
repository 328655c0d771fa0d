/** Rule D9: whatever way a request goes out, its channel is occupied while it is under way and no longer. */
import type { ChannelView } from '@claude-gateway/contract/channel.ts'
import { expect, test } from 'vitest'
import type { Script } from '../support/fake-upstream/answer.ts'
import { apiError } from '../support/fake-upstream/errors.ts'
import { endlessMessage, handmadeStream, message } from '../support/fake-upstream/messages.ts'
import { hangUp, htmlPage, redirect, silence } from '../support/fake-upstream/odd-answers.ts'
import { brokenOff } from '../support/fake-upstream/rewriting.ts'
import { cutAt, heldUntil, silentAfter } from '../support/fake-upstream/timing.ts'
import { startStand } from '../support/stand.ts'
import { Channels, MODEL, type Question } from './channels-of.ts'
import { BLOCK, start } from './frames.ts'
import { post } from './live-client.ts'

const stand = await startStand(
  {},
  {
    limits: {
      firstByteMs: 200,
      firstContentMs: 400,
      plainAnswerMs: 400,
      settleMs: 50,
      pingMs: 50,
      idleMs: 150,
    },
  },
)
const { gateway, upstream } = stand
const channels = new Channels(stand)

const inFlight = async (name: string): Promise<number> => (await channels.healthOf(name)).requests_in_flight

/** Holds each request at the upstream until the gate opens, and looks at the channel in between. */
async function occupied(answer: Script, question: Question): Promise<void> {
  const gate = Promise.withResolvers<void>()
  await channels.lay({ only: { answer: heldUntil(gate.promise, answer) } })
  const call = channels.begin(question)
  await upstream.waitForRequests(1)
  expect(await inFlight('only')).toBe(1)
  gate.resolve()
  await call.whole
}

const CONTENT = [start(), BLOCK]
const WAYS_OUT: readonly (readonly [string, Script, Question])[] = [
  ['a plain answer', message(), {}],
  ['a stream', message(), { stream: true }],
  ['an error of the upstream’s', apiError('internal'), {}],
  ['an error of the request’s', apiError('invalid_request'), {}],
  ['an error of our own', apiError('authentication'), {}],
  ['a redirect', redirect(307, '/elsewhere'), {}],
  ['a connection that breaks', hangUp('reset'), {}],
  ['an HTML page under 200', htmlPage(200), {}],
  ['silence', silence(), { stream: true }],
  [
    'a stream that breaks off',
    cutAt(handmadeStream(CONTENT), Buffer.concat(CONTENT).length),
    { stream: true },
  ],
  ['a stream with an error', brokenOff(message(), 5), { stream: true }],
  [
    'a stream that falls silent',
    silentAfter(handmadeStream(CONTENT), Buffer.concat(CONTENT).length),
    { stream: true },
  ],
]

for (const [what, answer, question] of WAYS_OUT) {
  test(`D9: ${what} gives the channel back`, async () => {
    await occupied(answer, question)
    expect(await inFlight('only')).toBe(0)
  })
}

test('D9: each channel of a failover is occupied for its own attempt alone', async () => {
  const [first, second] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  await channels.lay({
    a: { priority: 10, answer: heldUntil(first.promise, apiError('internal')) },
    b: { answer: heldUntil(second.promise, message()) },
  })
  const call = channels.begin()
  await upstream.waitForRequests(1)
  expect([await inFlight('a'), await inFlight('b')]).toEqual([1, 0])
  first.resolve()
  await upstream.waitForRequests(2)
  expect([await inFlight('a'), await inFlight('b')]).toEqual([0, 1])
  second.resolve()
  await call.whole
  expect([await inFlight('a'), await inFlight('b')]).toEqual([0, 0])
})

/** Moments at which a client can leave, told by what its channel does then. */
const LEAVES: readonly (readonly [string, Script, boolean, string | null])[] = [
  ['before the head of a stream', silence(), true, null],
  ['before a plain answer', silence(), false, null],
  ['in the middle of a stream', endlessMessage(), true, 'content_block_delta'],
]
for (const [when, answer, stream, words] of LEAVES) {
  test(`D9: a client that leaves ${when} gives the channel back`, async () => {
    await channels.lay({ only: { answer } })
    const call = channels.begin({ stream })
    await upstream.waitForRequests(1)
    if (words !== null) await (await call.head).until(words)
    expect(await inFlight('only')).toBe(1)
    call.leave()
    await expect.poll(() => inFlight('only')).toBe(0)
    expect(await channels.healthOf('only')).toMatchObject({
      state: 'active',
      breaker: { consecutive_failures: 0 },
    })
  })
}

test('D9: a slot is held for as long as the client reads the answer', async () => {
  await channels.lay({ only: { answer: endlessMessage(), max_concurrency: 1 } })
  const call = channels.begin({ stream: true })
  const answer = await call.head
  await answer.until('content_block_delta')
  answer.pause()
  await new Promise((resolve) => setTimeout(resolve, 300))
  expect(await inFlight('only')).toBe(1)
  expect((await channels.explain()).candidates).toMatchObject([{ last: 'full' }])
  call.leave()
  await expect.poll(() => inFlight('only')).toBe(0)
})

test('A3: counting tokens occupies no slot and says nothing of a channel’s health', async () => {
  const gate = Promise.withResolvers<void>()
  const limits = { max_concurrency: 1, max_requests_per_minute: 1 }
  await channels.lay({ only: { answer: heldUntil(gate.promise, apiError('internal')), ...limits } })
  const count = { model: MODEL, messages: [] }
  const calls = Array.from({ length: 8 }, () => post(gateway, count, { path: '/v1/messages/count_tokens' }))
  await upstream.waitForRequests(8)
  expect((await channels.explain()).candidates).toMatchObject([{ last: null }])
  gate.resolve()
  await Promise.all(calls.map(({ whole }) => whole))
  expect(await channels.healthOf('only')).toMatchObject({
    state: 'active',
    breaker: { state: 'closed', consecutive_failures: 0 },
    requests_in_flight: 0,
  })
})

test('D9: a channel that is deleted with a request under way leaves nothing behind', async () => {
  const gate = Promise.withResolvers<void>()
  await channels.lay({ only: { answer: heldUntil(gate.promise, message()) } })
  const call = channels.begin()
  await upstream.waitForRequests(1)
  await gateway.admin('DELETE', `/api/channels/${channels.idOf('only')}`)
  gate.resolve()
  expect((await call.whole).status).toBe(200)
  const { data } = await gateway.admin<{ data: ChannelView[] }>('GET', '/api/channels')
  expect(data).toEqual([])
  await channels.lay({ only: {} })
  expect(await inFlight('only')).toBe(0)
})

test('D9: after hundreds of requests of all kinds, many at once, no slot is left taken', async () => {
  await channels.lay({ a: { priority: 10, max_concurrency: 3 }, b: { max_concurrency: 3 } })
  const scripts = WAYS_OUT.map(([, script]) => script)
  let turn = 0
  const next = () => scripts[turn++ % scripts.length] ?? message()
  for (const name of ['a', 'b']) channels.answers(name, () => next())
  for (let round = 0; round < 10; round++) {
    await Promise.all(
      Array.from({ length: 24 }, async (_, index) => {
        const call = channels.begin({ stream: index % 2 === 0 })
        if (index % 5 === 0) setTimeout(() => call.leave(), index * 3)
        await call.whole.catch(() => undefined)
      }),
    )
  }
  await expect.poll(() => inFlight('a')).toBe(0)
  await expect.poll(() => inFlight('b')).toBe(0)
})
