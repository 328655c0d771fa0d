/** Contract rule A4: the list of models, from memory, in Anthropic's shape, and only what the caller may really use. */
import { expect, test } from 'vitest'
import { apiError } from '../support/fake-upstream/errors.ts'
import { startStand } from '../support/stand.ts'

interface Model {
  type: string
  id: string
  display_name: string
  created_at: string
  description?: string
}
interface Page {
  data: Model[]
  has_more: boolean
  first_id: string | null
  last_id: string | null
}

const { gateway, upstream, channelId, map } = await startStand()
const bearer = (key: string) => ({ headers: { authorization: `Bearer ${key}` } })

async function list(query = '?limit=1000', key = gateway.key): Promise<Page> {
  const answer = await fetch(`${gateway.url}/v1/models${query}`, { ...bearer(key), redirect: 'error' })
  expect(answer.status).toBe(200)
  return (await answer.json()) as Page
}
const idsOf = ({ data }: Page) => data.map(({ id }) => id)
const makeKey = async (models: string[]) =>
  (await gateway.admin<{ key: string }>('POST', '/api/keys', { name: 'narrow', models })).key

test('A4: the list has Anthropic’s shape and comes without asking any upstream', async () => {
  upstream.answer(apiError('internal'))
  const page = await list()
  expect(page.data.length).toBeGreaterThan(10)
  for (const model of page.data) {
    expect(model).toMatchObject({ type: 'model', id: expect.any(String), display_name: expect.any(String) })
    expect(new Date(model.created_at).toISOString()).toBe(model.created_at)
  }
  expect(page).toMatchObject({ has_more: false, first_id: page.data[0]?.id, last_id: page.data.at(-1)?.id })
  expect(new Set(idsOf(page)).size).toBe(page.data.length)
  expect(upstream.received).toBe(0)
})

test('A4: the answer carries a request id and is no redirect, whatever its query', async () => {
  for (const query of [
    '',
    '?limit=1000',
    '?limit=0',
    '?limit=x',
    '?limit=-5',
    '?limit=99999',
    '?beta=true',
  ]) {
    const answer = await fetch(`${gateway.url}/v1/models${query}`, {
      ...bearer(gateway.key),
      redirect: 'manual',
    })
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe('application/json')
    expect(answer.headers.get('request-id')).toMatch(/^req_/)
    expect(answer.headers.get('x-gateway-request-id')).toBe(answer.headers.get('request-id'))
  }
})

test('A4: pages join to the whole list, forwards and backwards', async () => {
  const whole = idsOf(await list())
  const forwards: string[] = []
  for (let query = '?limit=4'; ; ) {
    const page = await list(query)
    forwards.push(...idsOf(page))
    if (!page.has_more) break
    expect(page.data).toHaveLength(4)
    query = `?limit=4&after_id=${page.last_id}`
  }
  expect(forwards).toEqual(whole)
  const backwards: string[] = []
  for (let query = `?limit=4&before_id=${whole.at(-1)}`; ; ) {
    const page = await list(query)
    backwards.unshift(...idsOf(page))
    if (!page.has_more) break
    query = `?limit=4&before_id=${page.first_id}`
  }
  expect(backwards).toEqual(whole.slice(0, -1))
})

test('A4: a mapped name is listed first, says what serves it, and can be retrieved', async () => {
  await map({ display_model: 'claude-house-special', upstream_model: 'claude-sonnet-5' })
  await map({ display_model: 'claude-any-*', upstream_model: 'claude-sonnet-5' })
  const { data } = await list()
  expect(data[0]).toMatchObject({
    id: 'claude-house-special',
    description: expect.stringContaining('claude-sonnet-5'),
  })
  expect(data.some(({ id }) => id.includes('*'))).toBe(false)
  const one = await fetch(`${gateway.url}/v1/models/claude-house-special`, bearer(gateway.key))
  expect(await one.json()).toEqual(data[0])
})

test('A4: a key sees only the models that it may use', async () => {
  const key = await makeKey(['claude-haiku-*', 'claude-sonnet-5'])
  const ids = idsOf(await list('?limit=1000', key))
  expect(ids).toContain('claude-sonnet-5')
  expect(ids.filter((id) => id !== 'claude-sonnet-5' && !id.startsWith('claude-haiku-'))).toEqual([])
  expect((await fetch(`${gateway.url}/v1/models/claude-opus-5`, bearer(key))).status).toBe(404)
  expect((await fetch(`${gateway.url}/v1/models/claude-sonnet-5`, bearer(key))).status).toBe(200)
})

test('A4: a key that may use nothing that is served gets an empty page', async () => {
  const page = await list('?limit=1000', await makeKey(['gpt-9']))
  expect(page).toEqual({ data: [], has_more: false, first_id: null, last_id: null })
})

test('A4: a model that is not there is 404 not_found_error, and the client is told not to retry', async () => {
  const answer = await fetch(`${gateway.url}/v1/models/no-such-model`, bearer(gateway.key))
  const body = (await answer.json()) as { error: { type: string; message: string } }
  expect(answer.status).toBe(404)
  expect(answer.headers.get('x-should-retry')).toBe('false')
  expect(body.error.type).toBe('not_found_error')
  expect(body.error.message).toContain('no-such-model')
})

test('A4: the list follows the channels: what none of them serves is not on it', async () => {
  await gateway.admin('PUT', `/api/channels/${channelId}`, { models: ['claude-opus-*'] })
  const ids = idsOf(await list())
  expect(ids.filter((id) => !id.startsWith('claude-opus-'))).toEqual([])
  expect(ids).toContain('claude-opus-5')
  await gateway.admin('PUT', `/api/channels/${channelId}/deactivate`)
  expect(idsOf(await list())).toEqual([])
})
