/** Bodies on their way: kept for keys that ask for it, as they were sent and relayed, and for no other key. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { CapturedBodiesView } from '@claude-gateway/contract/captured-bodies.ts'
import { expect, test } from 'vitest'
import { messageFor } from '../support/gateway.ts'
import { startStand } from '../support/stand.ts'

const stand = await startStand({ models: ['claude-*'] })
const { gateway } = stand

interface Kept {
  readonly id: number
  readonly key: string
}

const makeKey = (capture: object | null): Promise<Kept> =>
  gateway.admin<Kept>('POST', '/api/keys', { name: 'kept', capture })

let sent = 0

/** Sends a message with a key, and answers its entry's id in the log and what came back. */
async function ask(key: string, body: string, headers: Record<string, string> = {}) {
  const before = sent
  sent += 1
  const response = await gateway.send(body, { authorization: `Bearer ${key}`, ...headers })
  const text = await response.text()
  const [entry] = await gateway.logs(before + 1)
  return { id: entry?.id ?? 0, text, status: response.status }
}

/** Written soon after the log. */
async function bodiesOf(id: number): Promise<CapturedBodiesView> {
  const deadline = Date.now() + 10_000
  while (true) {
    try {
      return await gateway.admin<CapturedBodiesView>('GET', `/api/stats/logs/${id}/bodies`)
    } catch (error) {
      if (Date.now() > deadline) throw error
      await new Promise((resolve) => setTimeout(resolve, 25))
    }
  }
}

const answerOf = (path: string, method = 'GET') =>
  fetch(gateway.url + path, { method, headers: { authorization: 'Bearer test-admin-token-0123456789' } })

test.each([
  ['whole', false],
  ['as a stream', true],
])('request and answer are kept as they were sent and relayed: %s', async (_name, stream) => {
  const { key } = await makeKey({ max_bytes: 100_000, retention_days: 3 })
  const body = JSON.stringify(messageFor('claude-sonnet-5', { stream }))
  const { id, text, status } = await ask(key, body)
  expect(status).toBe(200)
  const bodies = await bodiesOf(id)
  expect(bodies.request).toEqual({ text: body, bytes: Buffer.byteLength(body), cut: false })
  expect(bodies.response).toEqual({ text, bytes: Buffer.byteLength(text), cut: false })
  expect(bodies.expires_at_ms - bodies.at_ms).toBe(3 * 86_400_000)
})

test('an error of the gateway’s own is an answer like any other', async () => {
  const { key } = await makeKey({ max_bytes: 100_000, retention_days: 1 })
  const { id, text, status } = await ask(key, JSON.stringify(messageFor('no-such-model')))
  expect(status).toBe(404)
  expect((await bodiesOf(id)).response.text).toBe(text)
})

test('more than the limit is cut off, and a credential at the edge is not left in half', async () => {
  const { key } = await makeKey({ max_bytes: 120, retention_days: 1 })
  const start = '{"model":"claude-sonnet-5","max_tokens":9,"messages":[{"role":"user","content":"'
  const filler = 'é'.repeat((110 - start.length) / 2)
  const body = `${start}${filler}sk-ant-api03-${'x'.repeat(200)}"}]}`
  const { id } = await ask(key, body)
  const { request, response } = await bodiesOf(id)
  expect(request).toEqual({ text: `${start}${filler}sk-ant-***`, bytes: Buffer.byteLength(body), cut: true })
  expect(Buffer.byteLength(response.text)).toBeLessThanOrEqual(120)
  expect(response.cut).toBe(true)
})

test('credentials and images are not kept, and nothing of it stands in the database in clear', async () => {
  const { key } = await makeKey({ max_bytes: 100_000, retention_days: 1 })
  const image = Buffer.alloc(900).toString('base64')
  const content = [
    { type: 'text', text: 'unmistakable words, sk-ant-api03-upstream-secret, Bearer abcdefgh12345' },
    { type: 'image', source: { type: 'base64', media_type: 'image/png', data: image } },
  ]
  const { id } = await ask(
    key,
    JSON.stringify(messageFor('claude-sonnet-5', { messages: [{ role: 'user', content }] })),
  )
  const { request } = await bodiesOf(id)
  expect(request.text).toContain('unmistakable words, ***, Bearer ***')
  expect(request.text).toContain('"data":"[900 bytes of base64]"')
  for (const file of ['gateway.db', 'gateway.db-wal'])
    expect(await readFile(join(gateway.dataDir, file), 'latin1')).not.toContain('unmistakable words')
})

test('of other keys nothing is kept', async () => {
  const { key } = await makeKey(null)
  const { id } = await ask(key, JSON.stringify(messageFor('claude-sonnet-5')))
  const kept = await makeKey({ max_bytes: 1000, retention_days: 1 })
  // What comes after it has been kept, so that it would have been, too.
  await bodiesOf((await ask(kept.key, JSON.stringify(messageFor('claude-sonnet-5')))).id)
  expect((await answerOf(`/api/stats/logs/${id}/bodies`)).status).toBe(404)
})

test('every reading and deletion is audited, and after it there are none', async () => {
  const { key } = await makeKey({ max_bytes: 1000, retention_days: 1 })
  const { id } = await ask(key, JSON.stringify(messageFor('claude-sonnet-5')))
  await bodiesOf(id)
  expect((await answerOf(`/api/stats/logs/${id}/bodies`, 'DELETE')).status).toBe(204)
  expect((await answerOf(`/api/stats/logs/${id}/bodies`)).status).toBe(404)
  expect((await answerOf(`/api/stats/logs/${id}/bodies`, 'DELETE')).status).toBe(404)
  const { data } = await gateway.admin<{ data: { action: string; subject: string }[] }>(
    'GET',
    '/api/audit?action=bodies',
  )
  expect(data.slice(0, 2).map(({ action, subject }) => [action, subject])).toEqual([
    ['bodies deleted', `request ${id}`],
    ['bodies read', `request ${id}`],
  ])
})

test('a key that is deleted takes its bodies along', async () => {
  const { id: keyId, key } = await makeKey({ max_bytes: 1000, retention_days: 1 })
  const { id } = await ask(key, JSON.stringify(messageFor('claude-sonnet-5')))
  await bodiesOf(id)
  await gateway.admin('DELETE', `/api/keys/${keyId}`)
  expect((await answerOf(`/api/stats/logs/${id}/bodies`)).status).toBe(404)
})
