/** The official SDKs when something goes wrong: typed errors, retries where they help and none where they do not, aborts. */
import type { ClientOptions } from '@anthropic-ai/sdk'
import { describe, expect, test } from 'vitest'
import type { Script } from '../support/fake-upstream/answer.ts'
import { apiError, type ErrorKind, rateLimited } from '../support/fake-upstream/errors.ts'
import { endlessMessage, message } from '../support/fake-upstream/messages.ts'
import { hangUp, silence } from '../support/fake-upstream/odd-answers.ts'
import { brokenOff } from '../support/fake-upstream/rewriting.ts'
import { cutAt } from '../support/fake-upstream/timing.ts'
import { startStand } from '../support/stand.ts'
import { countingFetch, questionTo, type Sdk, sdks } from './sdks.ts'

const { gateway, addModel } = await startStand({ models: ['claude-sonnet-5'] })
const narrow = await gateway.admin<{ key: string }>('POST', '/api/keys', {
  name: 'narrow',
  models: ['claude-x'],
})

function clientOf(sdk: Sdk, options: ClientOptions = {}) {
  const counter = countingFetch()
  const basics = { baseURL: gateway.url, authToken: gateway.key, apiKey: null, fetch: counter.fetch }
  return { client: new sdk.Anthropic({ ...basics, ...options }), counter }
}

type Client = ReturnType<typeof clientOf>['client']
const failing = (call: PromiseLike<unknown>) =>
  Promise.resolve(call).then(
    () => undefined,
    (error) => error,
  )

describe.each(sdks)('%s', (_name, sdk) => {
  const own: Record<
    string,
    readonly [string, number, ClientOptions, (client: Client) => PromiseLike<unknown>]
  > = {
    'an unknown key': [
      'AuthenticationError',
      401,
      { authToken: 'gk-wrong' },
      (client) => client.models.list(),
    ],
    'no channel for the model': [
      'NotFoundError',
      404,
      { authToken: gateway.key },
      (client) => client.messages.create(questionTo('claude-nobody')),
    ],
    'a model that the key may not use': [
      'BadRequestError',
      400,
      { authToken: narrow.key },
      (client) => client.messages.create(questionTo('claude-sonnet-5')),
    ],
    'no such model': ['NotFoundError', 404, {}, (client) => client.models.retrieve('claude-nobody')],
    'a path that is not served': ['NotFoundError', 404, {}, (client) => client.messages.batches.list()],
    'an empty model': ['BadRequestError', 400, {}, (client) => client.messages.create(questionTo(''))],
  }
  test.each(Object.entries(own))(
    'the gateway’s own error is typed and tried once: %s',
    async (_words, details) => {
      const [type, status, options, call] = details
      const { client, counter } = clientOf(sdk, { maxRetries: 5, ...options })
      const error = await failing(call(client))
      expect(error).toBeInstanceOf(sdk[type as 'BadRequestError'])
      expect(error.status).toBe(status)
      expect(error.requestID).toMatch(/^req_gw_/)
      expect(error.error).toMatchObject({ type: 'error', error: { message: expect.any(String) } })
      expect(counter.calls).toBe(1)
    },
  )

  const passed: readonly (readonly [ErrorKind, string, number])[] = [
    ['invalid_request', 'BadRequestError', 400],
    ['prompt_too_long', 'BadRequestError', 400],
    ['request_too_large', 'APIError', 413],
    ['model_not_found', 'NotFoundError', 404],
  ]
  test.each(passed)('an upstream’s %s is %s, tried once', async (kind, type, status) => {
    const { upstream, model } = await addModel()
    upstream.answer(apiError(kind))
    const { client, counter } = clientOf(sdk, { maxRetries: 5 })
    const error = await failing(client.messages.create(questionTo(model)))
    expect(error).toBeInstanceOf(sdk[type as 'APIError'])
    expect(error.status).toBe(status)
    expect(error.requestID).toBe(upstream.requests[0]?.requestId)
    expect(counter.calls).toBe(1)
  })

  test.each(['authentication', 'billing', 'permission'] as const)(
    'an upstream’s %s concerns the gateway’s own account: 502, tried once',
    async (kind) => {
      const { upstream, model } = await addModel()
      upstream.answer(apiError(kind))
      const { client, counter } = clientOf(sdk, { maxRetries: 5 })
      const error = await failing(client.messages.create(questionTo(model)))
      expect(error).toBeInstanceOf(sdk.InternalServerError)
      expect(error.status).toBe(502)
      expect(counter.calls).toBe(1)
    },
  )

  const passing: Record<string, Script> = {
    'a 429 that names its wait': rateLimited({ retryAfterMs: 20 }),
    'a 500': apiError('internal', { headers: { 'retry-after-ms': '20' } }),
    'a connection that broke': hangUp(),
  }
  test.each(Object.entries(passing))('%s passes on the second try', async (_words, script) => {
    const { upstream, model } = await addModel()
    upstream.queue(script)
    const { client, counter } = clientOf(sdk)
    expect(await client.messages.create(questionTo(model))).toMatchObject({ model })
    expect(counter.calls).toBe(2)
  })

  test('a 529 that stays is an error of the server after all tries', async () => {
    const { upstream, model } = await addModel()
    upstream.answer(apiError('overloaded'))
    const { client } = clientOf(sdk, { maxRetries: 0 })
    const error = await failing(client.messages.create(questionTo(model)))
    expect(error).toBeInstanceOf(sdk.InternalServerError)
    expect(error.status).toBe(529)
  })

  test('an error event after content is an error with its text, and is not tried again', async () => {
    const { upstream, model } = await addModel()
    upstream.answer(brokenOff(message(), 5))
    const { client, counter } = clientOf(sdk)
    const error = await failing(client.messages.stream(questionTo(model)).finalMessage())
    expect(error).toBeInstanceOf(sdk.APIError)
    expect(error.message).toContain('Overloaded')
    expect(counter.calls).toBe(1)
  })

  test('a stream whose upstream is cut is an error that says so', async () => {
    const { upstream, model } = await addModel()
    upstream.answer(cutAt(message({ content: 'many words, '.repeat(200) }), 4000))
    const { client } = clientOf(sdk)
    const error = await failing(client.messages.stream(questionTo(model)).finalMessage())
    expect(error).toBeInstanceOf(sdk.APIError)
    expect(error.message).toContain('broke off')
  })

  test('an abort in the middle of a stream ends the upstream’s work', async () => {
    const { upstream, model } = await addModel()
    upstream.answer(endlessMessage())
    const stream = clientOf(sdk).client.messages.stream(questionTo(model))
    stream.once('text', () => stream.abort())
    expect(await failing(stream.finalMessage())).toBeInstanceOf(sdk.APIUserAbortError)
    await upstream.requests[0]?.ended
    expect(upstream.requests[0]?.aborted).toBe(true)
  })

  test('an abort before the first byte ends the upstream’s work', async () => {
    const { upstream, model } = await addModel()
    upstream.answer(silence())
    const leaving = new AbortController()
    const call = clientOf(sdk).client.messages.create(questionTo(model), { signal: leaving.signal })
    const error = failing(call)
    await upstream.waitForRequests(1)
    leaving.abort()
    expect(await error).toBeInstanceOf(sdk.APIUserAbortError)
    await upstream.requests[0]?.ended
    expect(upstream.requests[0]?.aborted).toBe(true)
  })
})
