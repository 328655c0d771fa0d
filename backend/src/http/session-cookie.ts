/** The sign-in cookie of one request: readable by no script, sent by no other site, over TLS only where there is TLS. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { SESSION_MS } from '../admin/auth.ts'
import type { SessionCookie } from '../admin/handler.ts'

export const SESSION_COOKIE = 'gateway_session'

const isHttps = (request: FastifyRequest): boolean =>
  request.protocol === 'https' ||
  // Also from a proxy that is not known as trusted: a lie can only make the cookie stricter.
  String(request.headers['x-forwarded-proto'] ?? '')
    .split(',', 1)[0]
    ?.trim() === 'https'

export function sessionCookie(request: FastifyRequest, reply: FastifyReply): SessionCookie {
  const options = { path: '/api', httpOnly: true, sameSite: 'strict', secure: isHttps(request) } as const
  return {
    token: request.cookies[SESSION_COOKIE],
    set(token) {
      reply.setCookie(SESSION_COOKIE, token, { ...options, maxAge: SESSION_MS / 1000 })
    },
    clear() {
      reply.clearCookie(SESSION_COOKIE, options)
    },
  }
}
