/** What holds for every endpoint of the contract: guards and errors. */
import { nothing } from '@claude-gateway/contract/endpoint.ts'
import { endpoints } from '@claude-gateway/contract/endpoints.ts'
import { expect, test } from 'vitest'
import { createOperations } from '../../src/admin/operations.ts'
import { ANONYMOUS, quietHealth, startAdmin } from './admin-server.ts'
import { addChannel, BODIES, channel, pathOf, takesBody } from './endpoint-bodies.ts'

const named = endpoints.map((endpoint) => [`${endpoint.method} ${endpoint.path}`, endpoint] as const)

test('every endpoint of the contract has its handler', () => {
  const handled = createOperations().map(({ endpoint }) => endpoint)
  expect(new Set(handled)).toEqual(new Set(endpoints))
})

test.each(named.filter(([, { access }]) => access !== 'public'))(
  '%s is refused to strangers with 401, before anything is read',
  async (_name, endpoint) => {
    const admin = await startAdmin()
    const { status, body, headers } = await admin.call(endpoint.method, pathOf(endpoint, 'x'), {
      headers: { ...ANONYMOUS, 'content-type': 'application/json' },
      ...(takesBody(endpoint) && { raw: '{' }),
    })
    expect([status, body.error.code]).toEqual([401, 'unauthenticated'])
    expect(headers.get('www-authenticate')).toContain('Bearer')
  },
)

test.each(named.filter(([, { params }]) => params !== nothing))(
  '%s answers 400 to an id that is none and 404 to one that nothing has',
  async (_name, endpoint) => {
    const admin = await startAdmin()
    const body = BODIES[`${endpoint.method} ${endpoint.path}`]
    const sent = takesBody(endpoint) ? { body } : {}
    // Any text may be a session's id.
    if (!endpoint.params.safeParse({ id: 'x' }).success) {
      expect((await admin.call(endpoint.method, pathOf(endpoint, 'x'), sent)).body.error.code).toBe(
        'validation_failed',
      )
    }
    const absent = await admin.call(endpoint.method, pathOf(endpoint, 999_999), sent)
    expect([absent.status, absent.body.error.code]).toEqual([404, 'not_found'])
  },
)

test.each(named.filter(([, endpoint]) => takesBody(endpoint)))(
  '%s answers 400 to malformed JSON, to what is no object, and 413 to too much',
  async (_name, endpoint) => {
    const admin = await startAdmin()
    const path = pathOf(endpoint, 1)
    const malformed = await admin.call(endpoint.method, path, { raw: '{"name": }' })
    expect([malformed.status, malformed.body.error.code]).toEqual([400, 'malformed_json'])
    expect(malformed.body.error.message).toBe("The body is not valid JSON: Unexpected token '}'.")
    const list = await admin.call(endpoint.method, path, { body: [] })
    expect(list.body.error.fields).toMatchObject({ body: 'must be a JSON object' })
    const large = await admin.call(endpoint.method, path, { raw: `"${'x'.repeat(1_100_000)}"` })
    expect([large.status, large.body.error.code]).toEqual([413, 'body_too_large'])
  },
)

test.each([...new Set(endpoints.map(({ path }) => path)), '/api/openapi.json', '/api/docs'])(
  '%s answers 405 to other methods and names its own',
  async (path) => {
    const admin = await startAdmin()
    const { status, headers, body } = await admin.call('PATCH', path.replace(':id', '1'))
    expect([status, body.error.code]).toEqual([405, 'method_not_allowed'])
    const known = endpoints.filter((endpoint) => endpoint.path === path).map(({ method }) => method)
    expect(headers.get('allow')).toBe((known.length === 0 ? ['GET'] : known).join(', '))
  },
)

test('a path that ends where its id should stand is no path: 404, and nothing is deleted', async () => {
  const admin = await startAdmin()
  const id = await addChannel(admin)
  for (const [method, path] of [
    ['GET', '/api/channels/'],
    ['DELETE', '/api/channels/'],
    ['PUT', '/api/channels//activate'],
    ['GET', '/api/stats/logs/'],
  ] as const) {
    const { status, body } = await admin.call(method, path)
    expect([status, body.error.code]).toEqual([404, 'not_found'])
    expect(body.error.message).toContain('/api/docs')
  }
  expect((await admin.call('GET', `/api/channels/${id}`)).status).toBe(200)
})

test.each(['/api', '/api/', '/api/nothing', '/api/channels/1/explode'])(
  'an unknown path (%s) answers 404 in the form of all errors, under any method',
  async (path) => {
    const admin = await startAdmin()
    for (const method of ['GET', 'POST', 'DELETE']) {
      const { status, body } = await admin.call(method, path, { headers: ANONYMOUS })
      expect([status, body.error.code]).toEqual([404, 'not_found'])
      expect(body.error.message).toContain('/api/docs')
    }
  },
)

test('no answer is kept by a cache or guessed at by a browser', async () => {
  const admin = await startAdmin()
  const { headers } = await admin.call('GET', '/api/keys')
  expect(headers.get('cache-control')).toBe('no-store')
  expect(headers.get('x-content-type-options')).toBe('nosniff')
})

test('what the contract does not declare does not leave', async () => {
  const state = { state: 'active', reason: null, reason_parts: null, until_ms: null } as const
  const stateOf = () => ({ ...state, inner: 'do not tell' })
  const admin = await startAdmin({}, { health: { ...quietHealth, stateOf } })
  await addChannel(admin)
  expect((await admin.call('GET', '/api/channels')).text).not.toContain('do not tell')
})

test('an unexpected error answers 500 without its reason, which goes to the log', async () => {
  const messagesUrl = () => {
    throw new Error('the inner reason')
  }
  const admin = await startAdmin({}, { messagesUrl })
  const { status, text } = await admin.call('POST', '/api/channels', { body: channel })
  expect(status).toBe(500)
  expect(text).not.toContain('inner reason')
  const { event, fields } = admin.log.at(-1) ?? {}
  expect(event).toBe('admin request failed')
  expect(fields).toMatchObject({ route: 'POST /api/channels', code: 'internal' })
  expect(String(fields?.['err'])).toContain('the inner reason')
})
