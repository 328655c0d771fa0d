/** Hands the data plane's calls from the socket to the proxy. No web framework stands in between. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { GatewayError } from '../failures.ts'
import { answerError } from '../proxy/anthropic-error.ts'
import { newRequestId, openCall } from '../proxy/client-call.ts'
import { serveModels } from '../proxy/models.ts'
import { serveMessage } from '../proxy/pipeline.ts'
import type { Gateway } from '../runtime/gateway.ts'
import { clientAddress, type TrustsProxy } from './client-address.ts'
import { dataPlanePath, pathOf } from './data-plane-path.ts'
import type { DrainableCalls } from './drain.ts'
import type { LaneCall } from './lane/lane-connection.ts'
import { NodeRequest, NodeResponse } from './node-call.ts'

export interface DataPlane {
  readonly gateway: Gateway
  readonly calls: DrainableCalls
  readonly trusts: TrustsProxy
}

/** @returns false when the request is not the data plane's. */
export function handleDataPlane(
  { gateway, calls, trusts }: DataPlane,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): boolean {
  const { method, url = '/' } = incoming
  const path = dataPlanePath(pathOf(url))
  if (path === null) return isProbe(incoming) && answerProbe(outgoing)
  const peer = incoming.socket.remoteAddress
  const request = new NodeRequest(incoming)
  const call = {
    request,
    response: new NodeResponse(outgoing),
    clientAddress: clientAddress({ peer, request }, trusts),
  }
  const refuse = (error: GatewayError) => answerError(call, error, newRequestId())
  if (path.kind === 'malformed') refuse(badPath())
  else if (path.kind === 'unknown') refuse(notServed(pathOf(url)))
  else if (method !== methodOf(path.kind)) refuse(methodNotAllowed(method, methodOf(path.kind)))
  else if (path.kind === 'models') serveModels(gateway, call, path.id)
  else calls.add(serveMessage(gateway, openCall({ ...call, endpoint: path.kind })))
  return true
}

/** A call that came on the lane for messages. */
export function serveLaneCall(
  { gateway, calls, trusts }: DataPlane,
  { request, response, endpoint, peer }: LaneCall,
): void {
  const address = clientAddress({ peer, request }, trusts)
  calls.add(serveMessage(gateway, openCall({ request, response, endpoint, clientAddress: address })))
}

const methodOf = (kind: 'messages' | 'count_tokens' | 'models'): string =>
  kind === 'models' ? 'GET' : 'POST'

/** Contract rule A5: connection probes, answered without a key. */
function isProbe({ method, url }: IncomingMessage): boolean {
  const path = pathOf(url ?? '/')
  return method === 'HEAD' && (path === '/' || path === '/api/hello')
}

function answerProbe(response: ServerResponse): true {
  response.writeHead(200).end()
  return true
}

function badPath(): GatewayError {
  const message = 'The path has dot segments, encoded slashes or backslashes. Ask for it without them.'
  return new GatewayError('bad_path', message)
}

function notServed(path: string): GatewayError {
  return new GatewayError(
    'not_found',
    `This gateway has no ${path}; it serves /v1/messages and /v1/models. Check the base URL.`,
  )
}

function methodNotAllowed(method: string | undefined, allowed: string): GatewayError {
  // RFC 9110 section 15.5.6 asks for the header.
  return new GatewayError('method_not_allowed', `This path is not for ${method}. Use ${allowed}.`, {
    headers: { allow: allowed },
  })
}
