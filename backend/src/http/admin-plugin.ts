/** Binds the admin plane to Fastify: every endpoint of the contract, its guards, its errors, and its documentation. */
import { Readable } from 'node:stream'
import fastifyCookie from '@fastify/cookie'
import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { type Caller, identify } from '../admin/caller.ts'
import type { AdminContext } from '../admin/context.ts'
import type { Operation } from '../admin/handler.ts'
import { createOperations } from '../admin/operations.ts'
import { readInput } from '../admin/read-input.ts'
import { requireLoopback, requireOwnPage } from '../admin/request-origin.ts'
import { GatewayError } from '../failures.ts'
import { registerApiDocs } from './admin-docs.ts'
import { createErrorHandler } from './admin-errors.ts'
import { acceptJsonOnly } from './admin-json.ts'
import { refuseUnknownPaths, refuseWrongMethods } from './admin-refusals.ts'
import { SESSION_COOKIE, sessionCookie } from './session-cookie.ts'

/** Larger than any body of the contract, small enough to hold in memory. */
const BODY_LIMIT_BYTES = 1_048_576

const CALLER = 'adminCaller'

/** Everything under `/api`, except what the data plane registers there with a more specific path. */
export function createAdminPlugin(context: AdminContext): FastifyPluginAsync {
  return async function admin(app) {
    const operations = createOperations()
    await app.register(fastifyCookie)
    app.decorateRequest(CALLER, null)
    app.setErrorHandler(createErrorHandler(context))
    acceptJsonOnly(app)
    app.addHook('onRequest', async (request, reply) => {
      reply.header('cache-control', 'no-store').header('x-content-type-options', 'nosniff')
      if (context.auth.mode === 'none') requireLoopback(originOf(request))
    })
    for (const operation of operations) registerOperation(app, context, operation)
    const paths = operations.map(({ endpoint }) => endpoint)
    const docs = registerApiDocs(app, paths)
    refuseWrongMethods(app, [...paths, ...docs])
    refuseUnknownPaths(app)
  }
}

const originOf = ({ method, headers }: FastifyRequest) => ({
  method,
  host: headers.host,
  origin: headers.origin,
})

function registerOperation(app: FastifyInstance, context: AdminContext, operation: Operation): void {
  const { endpoint } = operation
  app.route({
    method: endpoint.method,
    url: endpoint.path,
    exposeHeadRoute: false,
    bodyLimit: BODY_LIMIT_BYTES,
    // Before the body is read: a stranger's bytes are not worth parsing.
    async onRequest(request) {
      const caller = await identify(context, {
        authorization: request.headers.authorization,
        sessionToken: request.cookies[SESSION_COOKIE],
      })
      if (caller === null && endpoint.access === 'operator') {
        throw new GatewayError('unauthenticated', 'Sign in, or send the admin token as a bearer token.')
      }
      requireOwnPage(originOf(request), caller)
      request.setDecorator(CALLER, caller)
    },
    async handler(request, reply) {
      const { params, query, body } = request
      const answer = await operation.answer(context, readInput(endpoint, { params, query, body }), {
        caller: request.getDecorator<Caller | null>(CALLER),
        clientAddress: request.ip,
        session: sessionCookie(request, reply),
      })
      return send(reply, { operation, answer, nowMs: context.now() })
    },
  })
}

interface Answer {
  readonly operation: Operation
  readonly answer: unknown
  readonly nowMs: number
}

/** What the response schema does not declare is not sent. */
function send(reply: FastifyReply, { operation: { endpoint }, answer, nowMs }: Answer): FastifyReply {
  reply.code(endpoint.status)
  if (endpoint.status === 204) return reply.send()
  if (endpoint.produces === 'application/json') return reply.send(endpoint.response.parse(answer))
  const name = `${endpoint.fileName}-${new Date(nowMs).toISOString().slice(0, 10)}.csv`
  // One piece at a time: the next page is read when the client has taken this one.
  return reply
    .type(`${endpoint.produces}; charset=utf-8`)
    .header('content-disposition', `attachment; filename="${name}"`)
    .send(Readable.from(answer as AsyncIterable<string>, { highWaterMark: 1 }))
}
