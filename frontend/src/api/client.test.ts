/** The typed client on a real socket: addresses, bodies, answers and every kind of failure. */
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { authEndpoints } from '@claude-gateway/contract/auth.ts'
import { channelEndpoints } from '@claude-gateway/contract/channel.ts'
import { gatewayKeyEndpoints } from '@claude-gateway/contract/gateway-key.ts'
import { mappingEndpoints } from '@claude-gateway/contract/mapping.ts'
import { requestLogEndpoints } from '@claude-gateway/contract/request-log.ts'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ApiError } from './api-error.ts'
import { addressOf, type Client, createClient } from './client.ts'

interface Received {
  method: string | undefined
  url: string | undefined
  body: string
}

let server: Server
let received: Received[]
let answer: { status: number; body: string }
let client: Client
const onSignedOut = vi.fn(async () => false)

async function bodyOf(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = []
  for await (const piece of request) pieces.push(piece as Buffer)
  return Buffer.concat(pieces).toString()
}

beforeEach(async () => {
  received = []
  onSignedOut.mockReset().mockResolvedValue(false)
  server = createServer(async (request, response) => {
    received.push({ method: request.method, url: request.url, body: await bodyOf(request) })
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  client = createClient({ fetch: (address, init) => fetch(`${origin}${address}`, init), onSignedOut })
})
afterEach(() => {
  server.closeAllConnections()
  server.close()
})

const answers = (status: number, body: unknown) => {
  answer = { status, body: typeof body === 'string' ? body : JSON.stringify(body) }
}
const failure = (call: Promise<unknown>) =>
  call.then(
    () => expect.fail('the call succeeded'),
    (error: unknown) => error as ApiError,
  )

const mapping = {
  id: 7,
  channel_id: null,
  channel_name: null,
  display_model: 'claude-*',
  upstream_model: 'claude-sonnet-5',
  created_at_ms: 1,
  updated_at_ms: 2,
}

test('a call fills in its path, sends its body and answers what the contract promises', async () => {
  answers(200, { ...mapping, something_newer: true })
  const changed = await client.call(mappingEndpoints.update, {
    params: { id: 7 },
    body: { display_model: 'claude-*' },
  })
  expect(received).toEqual([{ method: 'PUT', url: '/api/mappings/7', body: '{"display_model":"claude-*"}' }])
  expect(changed).toEqual(mapping)
})

test('a query holds what is set, and nothing for what is not', () => {
  const query = { outcome: 'failed', model: undefined, session_id: 'a b&c' } as const
  expect(addressOf(requestLogEndpoints.export, { query })).toBe(
    '/api/stats/export?outcome=failed&session_id=a+b%26c',
  )
  expect(addressOf(channelEndpoints.list, {})).toBe('/api/channels')
})

test('a call without an answer body resolves', async () => {
  answers(204, '')
  await expect(client.call(channelEndpoints.remove, { params: { id: 3 } })).resolves.toEqual({})
})

test('an error of the gateway arrives with its code, its words and the faults of its fields', async () => {
  const fields = { name: 'must not be empty', 'models.1': 'must be a model name' }
  answers(400, { error: { code: 'validation_failed', message: 'Two fields are wrong.', fields } })
  const error = await failure(client.call(gatewayKeyEndpoints.create, { body: { name: '' } }))
  expect(error).toBeInstanceOf(ApiError)
  expect(error).toMatchObject({
    code: 'validation_failed',
    message: 'Two fields are wrong.',
    status: 400,
    fields,
  })
  expect(error.mayPass).toBe(false)
})

test('a 401 ends the session, except where anybody may ask', async () => {
  answers(401, { error: { code: 'unauthenticated', message: 'Sign in first.' } })
  await failure(client.call(authEndpoints.login, { body: { username: 'ada', password: 'wrong' } }))
  expect(onSignedOut).not.toHaveBeenCalled()
  await failure(client.call(channelEndpoints.list, {}))
  expect(onSignedOut).toHaveBeenCalledOnce()
})

test('an action that is refused for want of a session is sent once more when its operator is in again', async () => {
  const create = () => client.call(gatewayKeyEndpoints.create, { body: { name: 'Ada' } })
  answers(401, { error: { code: 'unauthenticated', message: 'Sign in first.' } })
  onSignedOut.mockImplementationOnce(async () => {
    answers(400, { error: { code: 'validation_failed', message: 'It has arrived.' } })
    return true
  })
  expect(await failure(create())).toMatchObject({ code: 'validation_failed' })
  expect(received.map(({ body }) => body)).toEqual(['{"name":"Ada"}', '{"name":"Ada"}'])
})

test('nothing is sent a third time, nor in the name of somebody else', async () => {
  const remove = () => client.call(channelEndpoints.remove, { params: { id: 3 } })
  answers(401, { error: { code: 'unauthenticated', message: 'Sign in first.' } })
  onSignedOut.mockResolvedValueOnce(true)
  expect(await failure(remove())).toMatchObject({ status: 401 })
  expect(received).toHaveLength(2)
  expect(await failure(remove())).toMatchObject({ status: 401 })
  expect(received).toHaveLength(3)
})

test('a page of some proxy is not taken for an answer, whatever its status', async () => {
  answers(502, '<html>Bad gateway</html>')
  expect(await failure(client.call(channelEndpoints.list, {}))).toMatchObject({
    code: 'answer_not_understood',
    mayPass: true,
  })
  answers(200, '<html>Welcome to the hotel</html>')
  expect(await failure(client.call(channelEndpoints.list, {}))).toMatchObject({
    code: 'answer_not_understood',
  })
  answers(200, { data: [{ id: 1 }], next_cursor: null })
  expect(await failure(client.call(channelEndpoints.list, {}))).toMatchObject({
    code: 'answer_not_understood',
  })
})

test('a gateway that is not there is told apart from one that refuses', async () => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  const error = await failure(client.call(channelEndpoints.list, {}))
  expect(error).toMatchObject({ code: 'gateway_unreachable', status: 0, mayPass: true })
})

test('a call given up by its caller is no failure of the gateway', async () => {
  const left = AbortSignal.abort()
  const error = await failure(client.call(channelEndpoints.list, {}, left))
  expect(error).not.toBeInstanceOf(ApiError)
  expect(error.name).toBe('AbortError')
})

test('a wrong call does not compile', () => {
  // Never run: `tsc` is what checks it, and fails when one of these lines becomes right.
  const wrong = () => [
    // @ts-expect-error: which channel?
    client.call(channelEndpoints.get, {}),
    // @ts-expect-error: a key has a name
    client.call(gatewayKeyEndpoints.create, { body: {} }),
    // @ts-expect-error: there is no such field
    client.call(gatewayKeyEndpoints.create, { body: { name: 'a', colour: 'blue' } }),
    // @ts-expect-error: there is no such outcome
    client.call(requestLogEndpoints.list, { query: { outcome: 'lost' } }),
    // @ts-expect-error: this endpoint takes no body
    client.call(channelEndpoints.list, { body: { name: 'a' } }),
  ]
  expect(wrong).toBeTypeOf('function')
})
