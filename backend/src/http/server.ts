/** The one server: data plane, admin API and console on one port. */
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http'
import type { AddressInfo } from 'node:net'
import type { AdminContext } from '../admin/context.ts'
import { addressList } from '../runtime/address-list.ts'
import type { Gateway } from '../runtime/gateway.ts'
import { createAdminDoor } from './admin-door.ts'
import { applyCors, type CorsPolicy } from './cors.ts'
import { handleDataPlane, serveLaneCall } from './data-plane.ts'
import { createDrainableCalls } from './drain.ts'
import { createMessageLane } from './lane/message-lane.ts'
import { listenAt } from './listen.ts'
import type { Place } from './listen-failure.ts'
import { loadAdminPlane } from './load-admin-plane.ts'

export interface ServerOptions extends Place {
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
  const dataPlane = { gateway, calls, trusts }
  const { consoleDirectory } = options
  const door = createAdminDoor(() => loadAdminPlane(admin, { trusts, consoleDirectory }), gateway.log)
  const handle: RequestListener = (request, response) => {
    calls.begin(request, response)
    if (applyCors(options.cors, request, response)) return
    if (isHealthCheck(request)) answerHealth(response, calls.isStopping)
    else if (!handleDataPlane(dataPlane, request, response)) door.handle(request, response)
  }
  const lane = createMessageLane(KEEP_ALIVE_MS / 1000, (call) => serveLaneCall(dataPlane, call))
  const servers = await listenAt(() => listenerOf(gateway.limits.bodyMaxBytes, handle), options)
  calls.watchLane(lane)
  for (const server of servers) {
    calls.watch(server)
    lane.openTo(server)
  }
  return {
    url: urlOf(servers[0], options.host),
    async close(drainMs) {
      calls.stop()
      if (!(await calls.drained(drainMs)))
        gateway.log.warn({ calls: calls.size }, 'calls were cut off by the stop')
      for (const server of servers) server.closeAllConnections()
      lane.close()
      await door.close()
      await calls.drained(1000)
    },
  }
}

const KEEP_ALIVE_MS = 65_000
/** Claude Code sends large headers; streams last as long as they last. */
const SERVER_OPTIONS = {
  maxHeaderSize: 64 * 1024,
  requestTimeout: 0,
  headersTimeout: 60_000,
  keepAliveTimeout: KEEP_ALIVE_MS,
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
