/** The description of the admin API: for programs, and for people. */
import { endpoints } from '@claude-gateway/contract/endpoints.ts'
import { openApiDocument } from '@claude-gateway/contract/openapi.ts'
import { expect, test } from 'vitest'
import { curlExample, exampleBody } from '../../src/admin/api-docs/curl-example.ts'
import { html } from '../../src/admin/api-docs/html.ts'
import { apiDocsPage } from '../../src/admin/api-docs/page.ts'
import { ANONYMOUS, startAdmin } from './admin-server.ts'

const document = openApiDocument(endpoints, 'gateway_session')

test('the OpenAPI document is public and describes every endpoint', async () => {
  const admin = await startAdmin()
  const { status, body } = await admin.call<typeof document>('GET', '/api/openapi.json', {
    headers: ANONYMOUS,
  })
  expect(status).toBe(200)
  expect(body).toEqual(JSON.parse(JSON.stringify(document)))
})

test('the page is public, needs nothing from elsewhere, and runs no script', async () => {
  const admin = await startAdmin()
  const { status, headers, text } = await admin.call('GET', '/api/docs', { headers: ANONYMOUS })
  expect(status).toBe(200)
  expect(headers.get('content-type')).toBe('text/html; charset=utf-8')
  expect(headers.get('content-security-policy')).toContain("default-src 'none'")
  expect(text).not.toMatch(/<script|<link|<img|src=|@import|url\(/)
})

test('the page shows every operation with its method, path and summary, and links to it', () => {
  const page = apiDocsPage(document)
  for (const [path, item] of Object.entries(document.paths)) {
    for (const [method, { operationId, summary }] of Object.entries(item)) {
      expect(page).toContain(`<div id="${operationId}">`)
      expect(page).toContain(`<a href="#${operationId}">`)
      expect(page).toContain(
        html`<b class="method ${method}">${method.toUpperCase()}</b> <code>${path}</code>`.markup,
      )
      expect(page).toContain(html`<span>${summary}</span>`.markup)
    }
  }
})

test('fields are shown with their kind, bounds and defaults, those within others too', () => {
  const page = apiDocsPage(document)
  expect(page).toContain('<code class="required">base_url</code>')
  expect(page).toContain('integer, from -1,000,000, to 1,000,000, default 0')
  expect(page).toContain('&quot;auto&quot;, &quot;x_api_key&quot;, &quot;bearer&quot;, &quot;both&quot;')
  expect(page).toContain('<code>upstream_request_id</code>')
})

test('every example body is one that its operation accepts', () => {
  for (const endpoint of endpoints) {
    const operation =
      document.paths[endpoint.path.replace(/:(\w+)/g, '{$1}')]?.[endpoint.method.toLowerCase()]
    const schema = operation?.requestBody?.content['application/json']?.schema
    if (schema === undefined) continue
    const example = exampleBody(schema)
    expect(Object.keys(example).length, endpoint.path).toBeGreaterThan(0)
    expect(endpoint.body.safeParse(example).error, endpoint.path).toBeUndefined()
  }
})

test('an example is a command that can be pasted into a shell', () => {
  const create = document.paths['/api/mappings']?.['post']
  expect(create && curlExample('post', '/api/mappings', create)).toBe(
    [
      'curl -X POST "$GATEWAY/api/mappings" \\',
      '  -H "authorization: Bearer $ADMIN_TOKEN" \\',
      "  -H 'content-type: application/json' \\",
      `  -d '{"display_model":"claude-sonnet-*","upstream_model":"claude-sonnet-5"}'`,
    ].join('\n'),
  )
})

test('an operation for holders of a key is shown with one', () => {
  const usage = document.paths['/api/me/usage']?.['get']
  expect(usage && curlExample('get', '/api/me/usage', usage)).toBe(
    ['curl "$GATEWAY/api/me/usage" \\', '  -H "authorization: Bearer $GATEWAY_KEY"'].join('\n'),
  )
  expect(apiDocsPage(document)).toContain('· with a gateway key')
})

test('whatever is put into a page is escaped', () => {
  expect(html`<p title="${'"\'<&>'}">${html`<b>${1}</b>`}</p>`.markup).toBe(
    '<p title="&quot;&#39;&lt;&amp;&gt;"><b>1</b></p>',
  )
})
