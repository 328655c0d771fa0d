/** Renders the gateway's own errors on `/v1`, in Anthropic's envelope. Contract rule C4. */
import { type GatewayError, toGatewayError } from '../failures.ts'
import { ownHeaders } from './client-answer.ts'
import type { CallRequest, CallResponse } from './client-side.ts'

/** Above this, the SDKs would sleep the whole wait; they are told to give up instead. */
const RETRY_WAIT_MAX_SECONDS = 60

interface Answerable {
  readonly request: CallRequest
  readonly response: CallResponse
}

/** Answers with an error where that is still possible. @returns the error as it was rendered. */
export function answerError(call: Answerable, thrown: unknown, requestId: string): GatewayError {
  const error = toGatewayError(thrown)
  if (call.response.hasBegun || call.response.isGone) return error
  const { status, type, retry } = error.failure
  const body = JSON.stringify({
    type: 'error',
    error: { type, message: error.message },
    request_id: requestId,
  })
  const wait = error.retryAfterSeconds
  const headers = [...ownHeaders(requestId), ...Object.entries(error.headers).flat()]
  if (wait !== undefined) headers.push('retry-after', String(Math.ceil(wait)))
  if (!retry || (wait ?? 0) > RETRY_WAIT_MAX_SECONDS) headers.push('x-should-retry', 'false')
  endAfterUpload(call, { status, headers, body: Buffer.from(body) })
  return error
}

interface RenderedError {
  readonly status: number
  readonly headers: readonly string[]
  readonly body: Buffer
}

/** How long an upload that nobody wants any more may go on, so that its sender reads the answer before the reset. */
const LINGER_MS = 2000

function endAfterUpload({ request, response }: Answerable, { status, headers, body }: RenderedError): void {
  if (request.isWhole) {
    response.writeHead(status, headers, body.length)
    response.end(body)
    return
  }
  response.hangUpAfter()
  response.writeHead(status, headers, body.length)
  response.write(body)
  const end = () => response.end()
  const timer = setTimeout(end, LINGER_MS)
  const stopWaiting = () => clearTimeout(timer)
  request.read({
    data: () => undefined,
    end() {
      stopWaiting()
      end()
    },
    broken: stopWaiting,
  })
}
