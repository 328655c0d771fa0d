/** Requests of one connection with the same head: what is made of it once never outlives what it was made for. */
import { Client } from 'undici'
import { afterAll, expect, test } from 'vitest'
import { messageFor } from '../support/gateway.ts'
import { startStand } from '../support/stand.ts'

const stand = await startStand({ add_headers: { 'x-house': 'one' } })
const { gateway, upstream, channelId } = stand
/** One connection, one request after the other. */
const client = new Client(gateway.url)
afterAll(() => client.close())

const HEADERS = {
  'content-type': 'application/json',
  'x-team': 'red',
  'x-claude-code-session-id': 'session-of-one-head',
}

/** @returns the status, and the headers that reached the upstream. */
async function ask(words: string, key = gateway.key, path = '/v1/messages') {
  upstream.reset()
  const body = JSON.stringify({
    ...messageFor('claude-sonnet-5'),
    messages: [{ role: 'user', content: words }],
  })
  const headers = { ...HEADERS, authorization: `Bearer ${key}` }
  const answer = await client.request({ method: 'POST', path, headers, body })
  await answer.body.dump()
  const [sent] = upstream.requests
  if (sent) expect(sent.body.toString()).toBe(body)
  return { status: answer.statusCode, sent: sent?.headers, path: sent?.path }
}

test('bodies of any length come whole behind the same head, to whichever path', async () => {
  for (const words of ['a', 'ä'.repeat(400), 'b', 'c'.repeat(100_000), '']) {
    const { status, sent } = await ask(words)
    expect(status).toBe(200)
    expect(sent).toMatchObject({ 'x-team': 'red', 'x-house': 'one' })
  }
  expect((await ask('a', gateway.key, '/v1/messages?beta=true')).path).toBe('/v1/messages?beta=true')
  expect((await ask('a')).path).toBe('/v1/messages')
})

test('a channel that changes changes what is sent behind the same head', async () => {
  await ask('before')
  await gateway.admin('PUT', `/api/channels/${channelId}`, {
    api_key: 'sk-ant-api03-another',
    add_headers: { 'x-house': 'two' },
    drop_headers: ['x-team'],
  })
  const { sent } = await ask('after')
  expect(sent).toMatchObject({ 'x-house': 'two', 'x-api-key': 'sk-ant-api03-another' })
  expect(sent).not.toHaveProperty('x-team')
  await gateway.admin('PUT', `/api/channels/${channelId}`, { drop_headers: [] })
  expect((await ask('again')).sent).toHaveProperty('x-team', 'red')
})

test('a header that becomes a tag stays here, and goes on again when it is none', async () => {
  expect((await ask('before')).sent).toHaveProperty('x-team')
  await gateway.admin('PUT', '/api/settings', { tag_headers: ['x-team'] })
  expect((await ask('tagged')).sent).not.toHaveProperty('x-team')
  await gateway.admin('PUT', '/api/settings', { tag_headers: [] })
  expect((await ask('after')).sent).toHaveProperty('x-team')
})

test('another channel is sent its own credential, and never the first one’s', async () => {
  const second = await stand.addUpstream({ api_key: 'sk-ant-api03-of-the-second' })
  expect((await ask('one')).sent).toHaveProperty('x-api-key', 'sk-ant-api03-another')
  await gateway.admin('PUT', `/api/channels/${channelId}`, { enabled: false })
  expect((await ask('two')).sent).toBeUndefined()
  expect(second.upstream.requests.at(-1)?.headers).toMatchObject({
    'x-api-key': 'sk-ant-api03-of-the-second',
  })
  await gateway.admin('PUT', `/api/channels/${second.channelId}`, { enabled: false })
  await gateway.admin('PUT', `/api/channels/${channelId}`, { enabled: true })
  expect((await ask('three')).sent).toHaveProperty('x-api-key', 'sk-ant-api03-another')
})

test('a key that is switched off is refused behind the same head, and so is another that nobody made', async () => {
  const made = await gateway.admin<{ id: number; key: string }>('POST', '/api/keys', { name: 'short-lived' })
  expect((await ask('on', made.key)).status).toBe(200)
  expect((await ask('on', made.key)).status).toBe(200)
  await gateway.admin('PUT', `/api/keys/${made.id}`, { enabled: false })
  expect((await ask('off', made.key)).status).toBe(401)
  // As long as the one before, so that only its last character differs.
  const forged = `${made.key.slice(0, -1)}${made.key.endsWith('a') ? 'b' : 'a'}`
  expect((await ask('forged', forged)).status).toBe(401)
  await gateway.admin('PUT', `/api/keys/${made.id}`, { enabled: true })
  expect((await ask('on again', made.key)).status).toBe(200)
})
