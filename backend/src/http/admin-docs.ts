/** Serves the description of the admin API: for programs as OpenAPI, for people as a page. */
import type { Endpoint } from '@claude-gateway/contract/endpoint.ts'
import { openApiDocument } from '@claude-gateway/contract/openapi.ts'
import type { FastifyInstance } from 'fastify'
import { apiDocsPage } from '../admin/api-docs/page.ts'
import { SESSION_COOKIE } from './session-cookie.ts'

/** The page has a style of its own and nothing else. */
const PAGE_CSP =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/** Both are public, and made when they are first asked for: no start waits for them. Returns the routes registered. */
export function registerApiDocs(
  app: FastifyInstance,
  endpoints: readonly Endpoint[],
): readonly { method: string; path: string }[] {
  let made: { document: ReturnType<typeof openApiDocument>; page: string } | undefined
  const docs = () => {
    if (made !== undefined) return made
    const document = openApiDocument(endpoints, SESSION_COOKIE)
    made = { document, page: apiDocsPage(document) }
    return made
  }
  app.get('/api/openapi.json', { exposeHeadRoute: false }, async () => docs().document)
  app.get('/api/docs', { exposeHeadRoute: false }, async (_request, reply) =>
    reply
      .type('text/html; charset=utf-8')
      .header('content-security-policy', PAGE_CSP)
      .header('referrer-policy', 'no-referrer')
      .send(docs().page),
  )
  return [
    { method: 'GET', path: '/api/openapi.json' },
    { method: 'GET', path: '/api/docs' },
  ]
}
