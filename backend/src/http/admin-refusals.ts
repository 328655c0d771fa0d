/** What the admin API does not have: 405 for a wrong method on a known path, 404 for an unknown path. */
import type { FastifyInstance, HTTPMethods } from 'fastify'
import { NO_SUCH_PATH } from '../admin/read-input.ts'
import { GatewayError } from '../failures.ts'

const METHODS: readonly HTTPMethods[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

interface Known {
  readonly method: string
  readonly path: string
}

/** Registers, for each known path, the methods that it does not have. */
export function refuseWrongMethods(app: FastifyInstance, known: readonly Known[]): void {
  for (const path of new Set(known.map((one) => one.path))) {
    const allowed = known.filter((one) => one.path === path).map((one) => one.method)
    const allow = allowed.join(', ')
    app.route({
      method: METHODS.filter((method) => !allowed.includes(method)),
      url: path,
      async onRequest(_request, reply) {
        // RFC 9110, section 15.5.6: a 405 names the methods that there are.
        reply.header('allow', allow)
        throw new GatewayError('method_not_allowed', `This path takes ${allow} only.`)
      },
      handler: unreachable,
    })
  }
}

export function refuseUnknownPaths(app: FastifyInstance): void {
  for (const url of ['/api', '/api/*']) {
    app.route({
      method: [...METHODS],
      url,
      async onRequest() {
        throw new GatewayError('not_found', NO_SUCH_PATH)
      },
      handler: unreachable,
    })
  }
}

/** Fastify wants a handler; the hook before it has refused already, without reading a body. */
async function unreachable(): Promise<void> {
  throw new GatewayError('internal', 'A refused request went on.')
}
