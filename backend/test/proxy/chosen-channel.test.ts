/** `x-gateway-channel`: the one channel a request is tried on, for keys that may choose. */
import { beforeEach, expect, test } from 'vitest'
import { apiError } from '../support/fake-upstream/errors.ts'
import { messageFor } from '../support/gateway.ts'
import { startStand } from '../support/stand.ts'
import { ask } from './live-client.ts'
import { makeKey } from './made-key.ts'
import { rowOf } from './row-of.ts'

const { gateway, upstream, channelId: first } = await startStand()
const second = await gateway.addChannel({ name: 'Second', base_url: upstream.url, priority: -5 })
const key = await makeKey(gateway, { may_choose_channel: true })
const body = messageFor('claude-sonnet-5')

const askOn = (channel: string | number, secret = key.key, path = '/v1/messages') =>
  ask(gateway, body, {
    headers: { 'x-gateway-channel': String(channel), authorization: `Bearer ${secret}` },
    path,
  })

beforeEach(() => upstream.reset())

test('a request goes to the channel that it names, whatever the priorities, and the header stays here', async () => {
  const row = await rowOf(gateway, await askOn(second))
  expect(row).toMatchObject({ outcome: 'completed', channel_id: second })
  expect(upstream.requests[0]?.headers).not.toHaveProperty('x-gateway-channel')
})

test('where the chosen channel fails no other is tried, and the entry says why', async () => {
  upstream.queue(apiError('overloaded'))
  const row = await rowOf(gateway, await askOn(second))
  expect(row.attempts.map(({ channel_id }) => channel_id)).toEqual([second])
  const detail = await gateway.admin('GET', `/api/stats/logs/${row.id}`)
  expect(JSON.stringify(detail)).toContain('is not the channel that the client asked for')
  await gateway.admin('PUT', `/api/channels/${second}/clear`)
})

test('a chosen channel that is switched off is told at once, and nothing is sent', async () => {
  await gateway.admin('PUT', `/api/channels/${second}/deactivate`)
  const answer = await askOn(second)
  await gateway.admin('PUT', `/api/channels/${second}/activate`)
  expect(answer.status).toBe(529)
  expect(answer.text).toContain('The channel that was chosen is switched off.')
  expect(upstream.requests).toEqual([])
})

test.each([['9999'], ['-1'], ['primary'], [''], [`${first}, ${second}`]])(
  '"%s" names no channel: 400',
  async (name) => {
    const answer = await askOn(name)
    expect(answer.status).toBe(400)
    expect(answer.text).toContain('names no channel of this gateway')
  },
)

test('a key that may not choose is told so with 400, for messages and for counting', async () => {
  for (const path of ['/v1/messages', '/v1/messages/count_tokens']) {
    const answer = await askOn(first, gateway.key, path)
    expect(answer.status).toBe(400)
    expect(answer.text).toContain('may not choose a channel')
  }
  expect(upstream.requests).toEqual([])
})

test('the debug level tells each decision and each attempt in one line, from the next request on, without secrets', async () => {
  const told = () => gateway.events.filter(({ level }) => level === 'debug')
  await askOn(first)
  expect(told()).toEqual([])
  await gateway.admin('PUT', '/api/settings', { log_level: 'debug' })
  const answer = await askOn(first)
  const requestId = answer.headers.get('x-gateway-request-id')
  await gateway.admin('PUT', '/api/settings', { log_level: null })
  await askOn(first)
  expect(told()).toMatchObject([
    { event: 'route planned', fields: { requestId, model: 'claude-sonnet-5', candidates: [{ id: first }] } },
    { event: 'attempt ended', fields: { requestId, channel_id: first, status: 200, result: 'ok' } },
  ])
  expect(JSON.stringify(told())).not.toMatch(/gk-|sk-ant/)
})
