/** Errors of the admin API, as they are answered: `{ "error": { "code", "message", "fields"? } }`. */
import type { ErrorBody } from '@claude-gateway/contract/common.ts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { AdminContext } from '../admin/context.ts'
import { type FailureCode, GatewayError, toGatewayError } from '../failures.ts'

/** Fastify's own refusals; any other 4xx of its is an `invalid_request`. */
const FASTIFY_REFUSALS: Readonly<Record<string, { code: FailureCode; message: string }>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: { code: 'body_too_large', message: 'The body is larger than 1 MiB.' },
  FST_ERR_CTP_INVALID_MEDIA_TYPE: {
    code: 'invalid_request',
    message: 'The body must be JSON, sent with content-type: application/json.',
  },
}

interface Refusal {
  readonly code: string
  readonly statusCode: number
}

const isRefusal = (thrown: unknown): thrown is Refusal & Error =>
  thrown instanceof Error &&
  'code' in thrown &&
  'statusCode' in thrown &&
  typeof thrown.code === 'string' &&
  typeof thrown.statusCode === 'number' &&
  thrown.statusCode < 500

function asGatewayError(thrown: unknown): GatewayError {
  if (!isRefusal(thrown)) return toGatewayError(thrown)
  const { code, message } = FASTIFY_REFUSALS[thrown.code] ?? {
    code: 'invalid_request',
    message: thrown.message,
  }
  return new GatewayError(code, message, { cause: thrown })
}

const errorBody = ({ code, message, fields }: GatewayError): ErrorBody => ({
  error: { code, message, ...(fields !== undefined && { fields }) },
})

/** Renders whatever was thrown; what is nobody's request's fault is logged with its cause and told without it. */
export function createErrorHandler(context: AdminContext) {
  return async (thrown: unknown, request: FastifyRequest, reply: FastifyReply): Promise<ErrorBody> => {
    const error = asGatewayError(thrown)
    const { status } = error.failure
    if (status >= 500) {
      const route = `${request.method} ${request.routeOptions.url ?? ''}`
      context.log.error({ route, code: error.code, err: error.cause ?? error }, 'admin request failed')
    }
    // An export that fails before its first line has announced a file already.
    reply.removeHeader('content-disposition')
    reply.code(status).type('application/json; charset=utf-8')
    if (status === 401) reply.header('www-authenticate', 'Bearer realm="admin"')
    if (error.retryAfterSeconds !== undefined) reply.header('retry-after', error.retryAfterSeconds)
    return errorBody(error)
  }
}
