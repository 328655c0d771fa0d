/** Cross-origin calls from browsers, as the operator allows them; never with credentials when every origin may. */
import type { IncomingMessage, ServerResponse } from 'node:http'

export interface CorsPolicy {
  readonly enabled: boolean
  /** Exact origins, or `['*']` for every one. */
  readonly allowedOrigins: readonly string[]
}

const MAX_AGE_SECONDS = '600'

/**
 * Sets the headers of the Fetch standard's CORS protocol where the request carries an allowed `Origin`.
 *
 * @returns true when the request was a preflight and is answered.
 */
export function applyCors(policy: CorsPolicy, request: IncomingMessage, response: ServerResponse): boolean {
  const { origin } = request.headers
  if (!policy.enabled || origin === undefined) return false
  const isOpen = policy.allowedOrigins.includes('*')
  if (!isOpen && !policy.allowedOrigins.includes(origin)) return false
  response.setHeader('access-control-allow-origin', isOpen ? '*' : origin)
  response.setHeader(
    'access-control-expose-headers',
    'request-id, retry-after, x-gateway-request-id, x-should-retry',
  )
  if (!isOpen) {
    response.setHeader('access-control-allow-credentials', 'true')
    response.setHeader('vary', 'origin')
  }
  const method = request.headers['access-control-request-method']
  if (request.method !== 'OPTIONS' || method === undefined) return false
  response.setHeader('access-control-allow-methods', 'GET, POST, PUT, DELETE')
  response.setHeader('access-control-allow-headers', request.headers['access-control-request-headers'] ?? '')
  response.setHeader('access-control-max-age', MAX_AGE_SECONDS)
  response.writeHead(204).end()
  return true
}
