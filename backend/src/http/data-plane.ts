/** Hands the data plane's calls from the socket to the proxy. No web framework stands in between. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { GatewayError } from '../failures.ts'
import { answerError } from '../proxy/anthropic-error.ts'
import { newRequestId, openCall } from '../proxy/client-call.ts'
import { serveModels } from '../proxy/models.ts'
import { serveMessage } from '../proxy/pipeline.ts'
import type { Gateway } from '../runtime/gateway.ts'
import { clientAddress, type TrustsProxy } from './client-address.ts'
import { dataPlanePath } from './data-plane-path.ts'
import type { DrainableCalls } from './drain.ts'

export interface DataPlane {
  readonly gateway: Gateway
  readonly calls: DrainableCalls
  readonly trusts: TrustsProxy
}

/** @returns false when the request is not the data plane's. */
export function handleDataPlane(
  { gateway, calls, trusts }: DataPlane,
  request: IncomingMessage,
  response: ServerResponse,
): boolean {
  const path = dataPlanePath(pathOf(request.url ?? '/'))
  if (path === null) return isProbe(request) && answerProbe(response)
  if (path.kind === 'malformed')
    refuse(
      response,
      'bad_path',
      'The path has dot segments, encoded slashes or backslashes. Ask for it without them.',
    )
  else if (path.kind === 'unknown') {
    refuse(
      response,
      'not_found',
      `This gateway has no ${pathOf(request.url ?? '/')}; it serves /v1/messages and /v1/models. Check the base URL.`,
    )
  } else if (request.method !== methodOf(path.kind)) {
    // RFC 9110 section 15.5.6 asks for the header.
    response.setHeader('allow', methodOf(path.kind))
    refuse(
      response,
      'method_not_allowed',
      `This path is not for ${request.method}. Use ${methodOf(path.kind)}.`,
    )
  } else {
    const from = { request, response, clientAddress: clientAddress(request, trusts) }
    if (path.kind === 'models') serveModels(gateway, from, path.id)
    else calls.add(serveMessage(gateway, openCall({ ...from, endpoint: path.kind })))
  }
  return true
}

const methodOf = (kind: 'messages' | 'count_tokens' | 'models'): string =>
  kind === 'models' ? 'GET' : 'POST'

function pathOf(url: string): string {
  const mark = url.indexOf('?')
  return mark === -1 ? url : url.slice(0, mark)
}

/** Contract rule A5: connection probes, answered without a key. */
function isProbe({ method, url }: IncomingMessage): boolean {
  const path = pathOf(url ?? '/')
  return method === 'HEAD' && (path === '/' || path === '/api/hello')
}

function answerProbe(response: ServerResponse): true {
  response.writeHead(200).end()
  return true
}

function refuse(
  response: ServerResponse,
  code: 'bad_path' | 'not_found' | 'method_not_allowed',
  message: string,
): void {
  answerError(response, new GatewayError(code, message), newRequestId())
}
