/** Binds the admin plane to Fastify: every endpoint of the contract, its guards, its errors, and its documentation. */
import { Readable } from 'node:stream'
import type { Endpoint } from '@claude-gateway/contract/endpoint.ts'
import fastifyCookie from '@fastify/cookie'
import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { type Caller, identify } from '../admin/caller.ts'
import type { AdminContext } from '../admin/context.ts'
import type { Operation } from '../admin/handler.ts'
import { identifyKeyHolder } from '../admin/key-holder.ts'
import { createOperations } from '../admin/operations.ts'
import { readInput } from '../admin/read-input.ts'
import { requireLoopback, requireOwnPage } from '../admin/request-origin.ts'
import { createSignInAttempts, type SignInAttempts } from '../admin/sign-in-attempts.ts'
import type { GatewayKey } from '../domain/gateway-key.ts'
import { GatewayError } from '../failures.ts'
import { registerApiDocs } from './admin-docs.ts'
import { createErrorHandler } from './admin-errors.ts'
import { acceptJsonOnly } from './admin-json.ts'
import { refuseUnknownPaths, refuseWrongMethods } from './admin-refusals.ts'
import { SESSION_COOKIE, sessionCookie } from './session-cookie.ts'

/** Larger than any body of the contract, small enough to hold in memory. */
const BODY_LIMIT_BYTES = 1_048_576

const CALLER = 'adminCaller'
const KEY_HOLDER = 'keyHolder'

/** Everything under `/api`, except what the data plane registers there with a more specific path. */
export function createAdminPlugin(context: AdminContext): FastifyPluginAsync {
  return async function admin(app) {
    const operations = createOperations()
    const paths = operations.map(({ endpoint }) => endpoint)
    const forKeyHolders = new Set(paths.filter(({ access }) => access === 'key').map(({ path }) => path))
    await app.register(fastifyCookie)
    app.decorateRequest(CALLER, null)
    app.decorateRequest(KEY_HOLDER, null)
    app.setErrorHandler(createErrorHandler(context))
    acceptJsonOnly(app)
    app.addHook('onRequest', async (request, reply) => {
      reply.header('cache-control', 'no-store').header('x-content-type-options', 'nosniff')
      // A gateway key says who is asking, wherever the call comes from.
      const isOpen = context.auth.mode === 'none' && !forKeyHolders.has(request.routeOptions.url ?? '')
      if (isOpen) requireLoopback(originOf(request))
    })
    const wrongKeys = createSignInAttempts()
    for (const operation of operations) registerOperation(app, operation, { context, wrongKeys })
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

interface Guards {
  readonly context: AdminContext
  readonly wrongKeys: SignInAttempts
}

function registerOperation(app: FastifyInstance, operation: Operation, guards: Guards): void {
  const { endpoint } = operation
  const { context } = guards
  app.route({
    method: endpoint.method,
    url: endpoint.path,
    exposeHeadRoute: false,
    bodyLimit: BODY_LIMIT_BYTES,
    // Before the body is read: a stranger's bytes are not worth parsing.
    onRequest: (request) => admit(request, endpoint, guards),
    async handler(request, reply) {
      const { params, query, body } = request
      const answer = await operation.answer(context, readInput(endpoint, { params, query, body }), {
        caller: request.getDecorator<Caller | null>(CALLER),
        keyHolder: request.getDecorator<GatewayKey | null>(KEY_HOLDER),
        clientAddress: request.ip,
        session: sessionCookie(request, reply),
      })
      return send(reply, { operation, answer, nowMs: context.now() })
    },
  })
}

/** Finds out who is asking, and lets in whom the endpoint is for. */
async function admit(
  request: FastifyRequest,
  { access }: Endpoint,
  { context, wrongKeys }: Guards,
): Promise<void> {
  const { headers, cookies, ip } = request
  if (access === 'key') {
    request.setDecorator(KEY_HOLDER, identifyKeyHolder(context, { headers, clientAddress: ip }, wrongKeys))
    return
  }
  const { authorization } = headers
  const caller = await identify(context, { authorization, sessionToken: cookies[SESSION_COOKIE] })
  if (caller === null && access === 'operator') {
    throw new GatewayError('unauthenticated', 'Sign in, or send the admin token as a bearer token.')
  }
  requireOwnPage(originOf(request), caller)
  request.setDecorator(CALLER, caller)
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
  const isFinished = answer instanceof Uint8Array
  if (endpoint.produces === 'application/json') {
    if (!isFinished) return reply.send(endpoint.response.parse(answer))
    return reply.type('application/json; charset=utf-8').send(answer)
  }
  if (endpoint.produces === 'text/csv') {
    const name = `${endpoint.fileName}-${new Date(nowMs).toISOString().slice(0, 10)}.csv`
    reply.header('content-disposition', `attachment; filename="${name}"`)
  } else {
    // For proxies that would otherwise wait for the end of the answer.
    reply.header('x-accel-buffering', 'no')
  }
  reply.type(`${endpoint.produces}; charset=utf-8`)
  if (isFinished) return reply.send(answer)
  // One piece at a time: the next one is made when the client has taken this one.
  return reply.send(Readable.from(answer as AsyncIterable<string>, { highWaterMark: 1 }))
}
