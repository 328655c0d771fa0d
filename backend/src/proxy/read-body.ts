/** Takes a request's body in, whole, and never more of it than the limit. Contract rule A8. */

import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { reason } from '@claude-gateway/contract/reason.ts'
import { GatewayError } from '../failures.ts'
import type { BodyReader, CallRequest } from './client-side.ts'
import { RequestBody } from './request-body.ts'

const gunzipAsync = promisify(gunzip)

/**
 * @returns the body as the client meant it: decoded, where it came gzipped. At once, where all of it has come.
 * @throws GatewayError, or rejects with it: `body_too_large`, `encoding_unsupported`, `invalid_request`, `client_gone`.
 */
export function readBody(request: CallRequest, maxBytes: number): RequestBody | Promise<RequestBody> {
  const encoding = (request.header('content-encoding') ?? 'identity').trim().toLowerCase()
  if (!['identity', '', 'gzip', 'x-gzip'].includes(encoding)) {
    throw new GatewayError('encoding_unsupported', reason('error_encoding', { encoding }))
  }
  if (request.announcedBytes !== null && request.announcedBytes > maxBytes) throw tooLarge(maxBytes)
  const arrival = new Arrival(maxBytes)
  request.read(arrival)
  const pieces = arrival.pieces()
  if (encoding.endsWith('gzip')) return unzipped(pieces, maxBytes)
  return pieces instanceof Promise ? pieces.then(asBody) : asBody(pieces)
}

const asBody = (pieces: readonly Buffer[]): RequestBody => new RequestBody(pieces)

/** A body as it comes. */
class Arrival implements BodyReader {
  readonly #maxBytes: number
  readonly #pieces: Buffer[] = []
  #bytes = 0
  #isWhole = false
  #fault: GatewayError | null = null
  /** Who waits for the rest. */
  #waiting: PromiseWithResolvers<readonly Buffer[]> | null = null

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes
  }

  data(piece: Buffer): void {
    this.#bytes += piece.length
    if (this.#bytes <= this.#maxBytes) {
      this.#pieces.push(piece)
      return
    }
    this.#pieces.length = 0
    this.#fail(tooLarge(this.#maxBytes))
  }

  end(): void {
    this.#isWhole = true
    this.#waiting?.resolve(this.#pieces)
  }

  broken(): void {
    this.#fail(new GatewayError('client_gone', reason('error_client_left')))
  }

  /** All of them; a promise only where some are still to come. */
  pieces(): readonly Buffer[] | Promise<readonly Buffer[]> {
    if (this.#fault !== null) throw this.#fault
    if (this.#isWhole) return this.#pieces
    this.#waiting = Promise.withResolvers()
    return this.#waiting.promise
  }

  #fail(fault: GatewayError): void {
    this.#fault ??= fault
    this.#waiting?.reject(fault)
  }
}

function tooLarge(maxBytes: number): GatewayError {
  const mebibytes = Math.floor(maxBytes / 1_048_576)
  return new GatewayError('body_too_large', reason('error_too_large', { mebibytes }))
}

async function unzipped(
  pieces: readonly Buffer[] | Promise<readonly Buffer[]>,
  maxBytes: number,
): Promise<RequestBody> {
  const zipped = new RequestBody(await pieces).whole()
  try {
    return new RequestBody([await gunzipAsync(zipped, { maxOutputLength: maxBytes })])
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(maxBytes)
    throw new GatewayError('invalid_request', reason('error_bad_gzip'), { cause })
  }
}
