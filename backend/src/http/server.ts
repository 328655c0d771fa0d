/** The one server: data plane, admin API and console on one port. */
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http'
import type { AddressInfo } from 'node:net'
import Fastify, { type FastifyInstance } from 'fastify'
import type { AdminContext } from '../admin/context.ts'
import { addressList } from '../runtime/address-list.ts'
import type { Gateway } from '../runtime/gateway.ts'
import { createAdminPlugin } from './admin-plugin.ts'
import { createConsolePlugin } from './console-files.ts'
import { applyCors, type CorsPolicy } from './cors.ts'
import { handleDataPlane } from './data-plane.ts'
import { createDrainableCalls } from './drain.ts'
import { explainListenFailure } from './listen-failure.ts'

export interface ServerOptions {
  readonly host: string
  /** 0: any free port. */
  readonly port: number
  readonly cors: CorsPolicy
  /** Addresses and networks of the proxies whose `X-Forwarded-For` is believed. */
  readonly trustedProxies: readonly string[]
  /** Where the built console is. */
  readonly consoleDirectory: string
}

export interface RunningServer {
  /** Where it listens: `http://127.0.0.1:8080`. */
  readonly url: string
  /** Listens no more, lets the calls under way finish, and cuts off what is left of them after `drainMs`. */
  close(drainMs: number): Promise<void>
}

/** @throws StartFailure when the host and port cannot be had. */
export async function startServer(
  gateway: Gateway,
  admin: AdminContext,
  options: ServerOptions,
): Promise<RunningServer> {
  const calls = createDrainableCalls()
  const trusts = addressList(options.trustedProxies)
  const app = Fastify({
    forceCloseConnections: true,
    trustProxy: trusts,
    // A session's id is up to 300 characters of any kind, which are more once they are encoded.
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 3000 },
    serverFactory: (handleOther) => {
      const server = listenerOf(gateway.limits.bodyMaxBytes, (request, response) => {
        calls.begin(request, response)
        if (applyCors(options.cors, request, response)) return
        if (isHealthCheck(request)) answerHealth(response, calls.isStopping)
        else if (!handleDataPlane({ gateway, calls, trusts }, request, response))
          handleOther(request, response)
      })
      calls.watch(server)
      return server
    },
  })
  await app.register(createAdminPlugin(admin), { prefix: '' })
  await app.register(createConsolePlugin(options.consoleDirectory))
  await app.listen({ host: options.host, port: options.port }).catch((error: unknown) => {
    throw explainListenFailure(options, error)
  })
  return {
    url: urlOf(app.server, options.host),
    async close(drainMs) {
      calls.stop()
      if (!(await calls.drained(drainMs)))
        gateway.log.warn({ calls: calls.size }, 'calls were cut off by the stop')
      await closeApp(app)
      await calls.drained(1000)
    },
  }
}

/** Claude Code sends large headers; streams last as long as they last. */
const SERVER_OPTIONS = {
  maxHeaderSize: 64 * 1024,
  requestTimeout: 0,
  headersTimeout: 60_000,
  keepAliveTimeout: 65_000,
  noDelay: true,
} as const

/** A body that will be refused for its size is not asked for; an expectation that nobody knows is passed over. */
function listenerOf(bodyMaxBytes: number, handle: RequestListener): Server {
  const server = createServer(SERVER_OPTIONS, handle)
  server.on('checkExpectation', handle)
  server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
    if (Number(request.headers['content-length'] ?? 0) <= bodyMaxBytes) response.writeContinue()
    handle(request, response)
  })
  return server
}

async function closeApp(app: FastifyInstance): Promise<void> {
  app.server.closeAllConnections()
  await app.close()
}

function isHealthCheck({ url }: IncomingMessage): boolean {
  return url === '/healthz'
}

/** 200 once it can serve; 503 while it stops, so that a load balancer looks elsewhere. */
function answerHealth(response: ServerResponse, isStopping: boolean): void {
  const body = JSON.stringify({ status: isStopping ? 'stopping' : 'ok' })
  response.writeHead(isStopping ? 503 : 200, {
    'content-type': 'application/json',
    'cache-control': 'no-store',
  })
  response.end(body)
}

function urlOf(server: Server, host: string): string {
  const { port } = server.address() as AddressInfo
  const name = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`
}
