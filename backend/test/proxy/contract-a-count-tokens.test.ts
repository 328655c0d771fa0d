/** Contract rule A3: counting tokens is forwarded where it can be, learned where it cannot, and free in every sense. */
import type { RequestLogView } from '@claude-gateway/contract/request-log.ts'
import { expect, test } from 'vitest'
import type { Script } from '../support/fake-upstream/answer.ts'
import { apiError, type ErrorKind } from '../support/fake-upstream/errors.ts'
import { byEndpoint } from '../support/fake-upstream/natural-answer.ts'
import { hangUp } from '../support/fake-upstream/odd-answers.ts'
import { tokenCount, tokenCountUnsupported } from '../support/fake-upstream/other-endpoints.ts'
import { heldUntil } from '../support/fake-upstream/timing.ts'
import { messageFor } from '../support/gateway.ts'
import { startStand } from '../support/stand.ts'

const PATH = '/v1/messages/count_tokens'
const { gateway, addUpstream } = await startStand({ models: ['claude-sonnet-5'] })
let models = 0

interface Statistics {
  groups: { group: string | null }[]
}

/** Two channels that nothing is known of yet, alone in serving a model of their own. */
async function freshPair(firstCounts: Script, thenCounts: Script = tokenCount(42)) {
  const model = `claude-sonnet-5-${++models}`
  const first = await addUpstream({ models: [model], priority: 10 })
  const then = await addUpstream({ models: [model], priority: 5 })
  first.upstream.answer(byEndpoint({ countTokens: firstCounts }))
  then.upstream.answer(byEndpoint({ countTokens: thenCounts }))
  return {
    first: first.upstream,
    count: () => gateway.send(messageFor(model), {}, PATH),
    send: () => gateway.send(messageFor(model)),
    received: () => [first.upstream.received, then.upstream.received],
    async logs() {
      const path = `/api/stats/logs?limit=100&model=${model}`
      return (await gateway.admin<{ data: RequestLogView[] }>('GET', path)).data
    },
    async statistics() {
      const { groups } = await gateway.admin<Statistics>('GET', '/api/stats?group_by=model')
      return groups.find(({ group }) => group === model)
    },
    state: () => gateway.admin('GET', `/api/channels/${first.channelId}`),
  }
}

test('A3: count_tokens is forwarded and answered with the upstream’s own bytes', async () => {
  const { count, first } = await freshPair(tokenCount(1234))
  const answer = await count()
  expect(answer.status).toBe(200)
  expect(await answer.text()).toBe(first.requests[0]?.sent.toString())
  expect(first.requests[0]?.path).toBe(PATH)
})

test.each([404, 405, 501] as const)(
  'A3: a channel that answers %i is passed over for counts, now and later, and keeps its messages',
  async (status) => {
    const { count, send, received } = await freshPair(tokenCountUnsupported(status))
    for (let turn = 0; turn < 3; turn++) expect(await (await count()).json()).toEqual({ input_tokens: 42 })
    expect(received()).toEqual([1, 3])
    expect((await send()).status).toBe(200)
    expect(received()).toEqual([2, 3])
  },
)

test('A3: when no channel counts, the answer is 501 not_supported and says not to retry', async () => {
  const { count, received } = await freshPair(tokenCountUnsupported(404), tokenCountUnsupported(501))
  for (let turn = 0; turn < 3; turn++) {
    const answer = await count()
    expect(answer.status).toBe(501)
    expect(answer.headers.get('x-should-retry')).toBe('false')
    expect(await answer.json()).toMatchObject({ type: 'error', error: { type: 'not_supported' } })
  }
  expect(received()).toEqual([1, 1])
})

test('A3: a 404 that names the model does not mean that the channel cannot count', async () => {
  const { first, count } = await freshPair(apiError('model_not_found'))
  expect(await (await count()).json()).toEqual({ input_tokens: 42 })
  first.answer(tokenCount(7))
  expect(await (await count()).json()).toEqual({ input_tokens: 7 })
})

test.each(['{"input_tokens":0}', '{}', '{"input_tokens":"12"}', '{"input_tokens":null}'])(
  'A3: 0 never reaches a client: a channel that counts %s is passed over, now and later',
  async (text) => {
    const headers = { 'content-type': 'application/json' }
    const { count, received } = await freshPair({ status: 200, headers, body: [Buffer.from(text)] })
    for (let turn = 0; turn < 2; turn++) expect(await (await count()).json()).toEqual({ input_tokens: 42 })
    expect(received()).toEqual([1, 2])
  },
)

const FAILURES: readonly ErrorKind[] = [
  'authentication',
  'billing',
  'permission',
  'rate_limited',
  'internal',
  'overloaded',
]
test.each(FAILURES)('A3: a count that fails with %s costs the channel nothing', async (kind) => {
  const { count, send, received, state } = await freshPair(apiError(kind))
  for (let turn = 0; turn < 27; turn++) expect((await count()).status).toBe(200)
  const [, before] = received()
  expect((await send()).status).toBe(200)
  expect(received()[1]).toBe(before)
  expect(await state()).toMatchObject({ state: { state: 'active' } })
})

test('A3: a count whose connection breaks costs the channel nothing', async () => {
  const { count, send, received, state } = await freshPair(hangUp())
  for (let turn = 0; turn < 27; turn++) expect((await count()).status).toBe(200)
  expect((await send()).status).toBe(200)
  expect(received()[1]).toBe(27)
  expect(await state()).toMatchObject({ state: { state: 'active' } })
})

test('A3: 27 counts at once go upstream side by side, and none is billed or counted as a request', async () => {
  const gate = Promise.withResolvers<void>()
  const { first, count, logs, statistics } = await freshPair(heldUntil(gate.promise, tokenCount(1000)))
  const answers = Promise.all(Array.from({ length: 27 }, count))
  await first.waitForRequests(27)
  gate.resolve()
  expect((await answers).every(({ status }) => status === 200)).toBe(true)
  await expect.poll(async () => (await logs()).length).toBe(27)
  for (const log of await logs()) {
    expect(log).toMatchObject({ endpoint: 'count_tokens', cost_nano_usd: 0, price: null })
    expect(log.usage).toMatchObject({ input_tokens: 0, output_tokens: 0 })
  }
  expect(await statistics()).toBeUndefined()
})
