/** Renders the gateway's own errors on `/v1`, in Anthropic's envelope. Contract rule C4. */
import type { ServerResponse } from 'node:http'
import { type GatewayError, toGatewayError } from '../failures.ts'

/** Above this, the SDKs would sleep the whole wait; they are told to give up instead. */
const RETRY_WAIT_MAX_SECONDS = 60

/** Answers with an error where that is still possible. @returns the error as it was rendered. */
export function answerError(response: ServerResponse, thrown: unknown, requestId: string): GatewayError {
  const error = toGatewayError(thrown)
  if (response.headersSent || response.destroyed) return error
  const { status, type, retry } = error.failure
  const body = JSON.stringify({
    type: 'error',
    error: { type, message: error.message },
    request_id: requestId,
  })
  const wait = error.retryAfterSeconds
  response.setHeader('content-type', 'application/json')
  response.setHeader('content-length', Buffer.byteLength(body))
  response.setHeader('request-id', requestId)
  response.setHeader('x-gateway-request-id', requestId)
  for (const [name, value] of Object.entries(error.headers)) response.setHeader(name, value)
  if (wait !== undefined) response.setHeader('retry-after', String(Math.ceil(wait)))
  if (!retry || (wait ?? 0) > RETRY_WAIT_MAX_SECONDS) response.setHeader('x-should-retry', 'false')
  endAfterUpload(response, status, body)
  return error
}

/** How long an upload that nobody wants any more may go on, so that its sender reads the answer before the reset. */
const LINGER_MS = 2000

function endAfterUpload(response: ServerResponse, status: number, body: string): void {
  const request = response.req
  if (request.complete) {
    response.writeHead(status).end(body)
    return
  }
  response.shouldKeepAlive = false
  response.writeHead(status).write(body)
  const end = () => response.end()
  const timer = setTimeout(end, LINGER_MS)
  request.once('close', () => clearTimeout(timer))
  request.once('end', end)
  request.resume()
}
