/** Takes a request's body in, whole, and never more of it than the limit. Contract rule A8. */

import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { reason } from '@claude-gateway/contract/reason.ts'
import { GatewayError } from '../failures.ts'
import type { CallRequest } from './client-side.ts'
import { RequestBody } from './request-body.ts'

const gunzipAsync = promisify(gunzip)

/**
 * @returns the body as the client meant it: decoded, where it came gzipped.
 * @throws GatewayError `body_too_large`, `encoding_unsupported`, `invalid_request`, `client_gone`.
 */
export async function readBody(request: CallRequest, maxBytes: number): Promise<RequestBody> {
  const encoding = (request.header('content-encoding') ?? 'identity').trim().toLowerCase()
  if (!['identity', '', 'gzip', 'x-gzip'].includes(encoding)) {
    throw new GatewayError('encoding_unsupported', reason('error_encoding', { encoding }))
  }
  const body = new RequestBody(await collect(request, maxBytes))
  return encoding.endsWith('gzip') ? new RequestBody([await unzip(body.whole(), maxBytes)]) : body
}

function tooLarge(maxBytes: number): GatewayError {
  const mebibytes = Math.floor(maxBytes / 1_048_576)
  return new GatewayError('body_too_large', reason('error_too_large', { mebibytes }))
}

async function unzip(body: Buffer, maxBytes: number): Promise<Buffer> {
  try {
    return await gunzipAsync(body, { maxOutputLength: maxBytes })
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(maxBytes)
    throw new GatewayError('invalid_request', reason('error_bad_gzip'), { cause })
  }
}

function collect(request: CallRequest, maxBytes: number): Promise<Buffer[]> {
  const announced = Number(request.header('content-length') ?? Number.NaN)
  if (announced > maxBytes) return Promise.reject(tooLarge(maxBytes))
  const { promise, resolve, reject } = Promise.withResolvers<Buffer[]>()
  const chunks: Buffer[] = []
  let received = 0
  request.read({
    data(chunk) {
      received += chunk.length
      if (received > maxBytes) {
        chunks.length = 0
        reject(tooLarge(maxBytes))
      } else chunks.push(chunk)
    },
    end: () => resolve(chunks),
    broken: () => reject(new GatewayError('client_gone', reason('error_client_left'))),
  })
  return promise
}
