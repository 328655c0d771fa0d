/** A good request that finds no channel, or none that works: what the client is told, and what it is not. */
import { expect, test } from 'vitest'
import type { Script } from '../support/fake-upstream/answer.ts'
import { apiError, errorWithKey } from '../support/fake-upstream/errors.ts'
import { startFakeUpstream } from '../support/fake-upstream/fake-upstream.ts'
import { emptyBody, emptyStream, hangUp, htmlPage, redirect } from '../support/fake-upstream/odd-answers.ts'
import { messageFor } from '../support/gateway.ts'
import type { RawAnswer } from '../support/raw-http.ts'
import { startStand } from '../support/stand.ts'

const { gateway, channelId, ask, addUpstream, upstream } = await startStand({ models: ['claude-sonnet-5'] })
const question = (model: string, fields: object = {}) => ({ body: JSON.stringify(messageFor(model, fields)) })

function expectError(answer: RawAnswer, status: number, type: string, says: RegExp): void {
  expect(answer.status, answer.text).toBe(status)
  const { error, ...envelope } = JSON.parse(answer.text)
  expect(envelope).toEqual({ type: 'error', request_id: answer.headers['request-id'] })
  expect(error).toEqual({ type, message: expect.stringMatching(says) })
  // Rule D7: no channel's name, address or key ever reaches a client.
  expect(answer.text + JSON.stringify(answer.headers)).not.toMatch(/127\.0\.0\.1|channel \d|sk-ant-api03/)
}

test('channels that are all switched off: who can switch them on', async () => {
  await gateway.admin('PUT', `/api/channels/${channelId}/deactivate`)
  const answer = await ask(question('claude-sonnet-5'))
  expectError(answer, 529, 'overloaded_error', /switched off by its operator/)
  expect(answer.headers['x-should-retry']).toBe('false')
  await gateway.admin('PUT', `/api/channels/${channelId}/activate`)
  expect((await ask(question('claude-sonnet-5'))).status).toBe(200)
})

let models = 0
/** Two channels that both answer so, for a model of their own. */
async function failingPair(script: Script): Promise<string> {
  const model = `claude-failing-${++models}`
  for (const priority of [10, 5]) (await addUpstream({ models: [model], priority })).upstream.answer(script)
  return model
}

const broken: Record<string, Script> = {
  'hang up': hangUp(),
  'reset the connection': hangUp('reset'),
  'answer nothing under 200': emptyBody(),
  'open a stream and end it': emptyStream(),
  'show a page under 200': htmlPage(200),
  'redirect elsewhere': redirect(307, 'http://127.0.0.1:1/v1/messages'),
}
test.each(Object.entries(broken))(
  'channels that all %s: 502, which a retry may mend',
  async (_name, script) => {
    const model = await failingPair(script)
    for (const stream of [false, true]) {
      const answer = await ask(question(model, { stream }))
      expectError(answer, 502, 'api_error', /upstream/)
      expect(answer.headers['x-should-retry']).toBeUndefined()
      expect(answer.headers.location).toBeUndefined()
    }
  },
)

test('channels that are all out of reach: 502, at once', async () => {
  const gone = await startFakeUpstream()
  await gone.close()
  for (const priority of [10, 5]) {
    await gateway.addChannel({ base_url: gone.url, models: ['claude-gone'], priority })
  }
  const before = performance.now()
  expectError(await ask(question('claude-gone')), 502, 'api_error', /^No upstream could be reached/)
  expect(performance.now() - before).toBeLessThan(2000)
})

test.each(['authentication', 'billing', 'permission'] as const)(
  'channels that all refuse the gateway’s own account (%s): 502, no retry, and who can see why',
  async (kind) => {
    const answer = await ask(question(await failingPair(apiError(kind))))
    expectError(answer, 502, 'api_error', /its operator can see why/)
    expect(answer.headers['x-should-retry']).toBe('false')
  },
)

test('channels that all repeat the key they were sent: nobody reads it', async () => {
  expectError(
    await ask(question(await failingPair(errorWithKey()))),
    502,
    'api_error',
    /its operator can see why/,
  )
})

test('channels that all fail with an error of their own: the upstream’s words', async () => {
  const answer = await ask(question(await failingPair(apiError('overloaded'))))
  expectError(answer, 529, 'overloaded_error', /^Overloaded$/)
})

test('no channel at all: who adds one', async () => {
  const { data } = await gateway.admin<{ data: { id: number }[] }>('GET', '/api/channels')
  for (const { id } of data) await gateway.admin('DELETE', `/api/channels/${id}`)
  for (const target of ['/v1/messages', '/v1/messages/count_tokens']) {
    const answer = await ask({ ...question('claude-sonnet-5'), target })
    expectError(answer, 529, 'overloaded_error', /no channel yet\. Its operator adds one in the console/)
    expect(answer.headers['x-should-retry']).toBe('false')
  }
  expect(upstream.received).toBe(0)
})
