/** One request to one upstream and its answer, as it arrives: the narrow door to the HTTP client. */
import { reason } from '@claude-gateway/contract/reason.ts'
import type { Dispatcher } from 'undici'
import type { AnswerReader } from './answer-reader.ts'
import { DecodedReader } from './decoded-reader.ts'
import { toFault, UpstreamFault } from './fault.ts'

export interface UpstreamRequest {
  readonly origin: string
  readonly path: string
  readonly method: 'POST' | 'GET'
  /** Names and values in turn. */
  readonly headers: string[]
  /** In one piece, or in several that are sent one after the other. */
  readonly body: Buffer | readonly Buffer[] | null
  /** Whether an event stream that comes compressed is read decoded: where its frames will have to be changed. */
  readonly decodeStream?: boolean
}

/** Sends a request at once; what comes back goes to `reader`, until {@link Exchange.handTo} names another. */
export function send(dispatcher: Dispatcher, request: UpstreamRequest, reader: AnswerReader): Exchange {
  const exchange = new Exchange(reader, request.decodeStream ?? false)
  try {
    dispatcher.dispatch(framed(request), exchange)
  } catch (error) {
    exchange.onResponseError(null, error as Error)
  }
  return exchange
}

/** undici measures one buffer, but not several. */
function framed(request: UpstreamRequest): Dispatcher.DispatchOptions {
  const { body, headers } = request
  if (!Array.isArray(body)) return request as Dispatcher.DispatchOptions
  const length = body.reduce((sum, piece) => sum + piece.length, 0)
  return { ...request, body: body as never, headers: [...headers, 'content-length', String(length)] }
}

export class Exchange implements Dispatcher.DispatchHandler {
  #reader: AnswerReader
  #controller: Dispatcher.DispatchController | null = null
  #over = false
  /** What has arrived in this tick. */
  #arrived: Buffer[] = []

  constructor(reader: AnswerReader, decodesStream: boolean) {
    this.#reader = decodesStream ? new DecodedReader(reader, (fault) => this.abort(fault)) : reader
  }

  /** From here on, what arrives goes to another reader. */
  handTo(reader: AnswerReader): void {
    if (this.#reader instanceof DecodedReader) this.#reader.handTo(reader)
    else this.#reader = reader
  }

  /** Back-pressure: the upstream is not read further until {@link resume}. */
  pause(): void {
    this.#controller?.pause()
    if (this.#reader instanceof DecodedReader) this.#reader.pause()
  }

  resume(): void {
    if (this.#reader instanceof DecodedReader) this.#reader.resume()
    this.#controller?.resume()
  }

  /** Ends the talk now, whatever its state; the reader is told. Does nothing when it is over. */
  abort(fault: UpstreamFault): void {
    if (!this.#over) {
      this.deliverArrived()
      this.#over = true
      this.#controller?.abort(fault)
      this.#reader.fail(fault)
    } else if (this.#reader instanceof DecodedReader) {
      // The upstream is done, but its reader is not: what has come is still being decoded.
      this.#reader.fail(fault)
    }
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller
    // Aborted while the connection was still being made: nothing may be sent any more.
    if (this.#over) controller.abort(new UpstreamFault('client_gone', reason('not_sent')))
  }

  onResponseStart(controller: Dispatcher.DispatchController, status: number): void {
    if (this.#over || status < 200) return
    this.#reader.head({ status, rawHeaders: textHeaders(controller.rawHeaders) })
  }

  /** Events that come together are read and passed on together: one scan and one write instead of fifty. */
  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (!this.#over && this.#arrived.push(chunk) === 1) process.nextTick(deliver, this)
  }

  onResponseEnd(): void {
    if (this.#over) return
    this.deliverArrived()
    this.#over = true
    this.#reader.end()
  }

  /** Hands on what has arrived. */
  deliverArrived(): void {
    const { length } = this.#arrived
    if (length === 0 || this.#over) return
    const bytes = length === 1 ? (this.#arrived[0] as Buffer) : Buffer.concat(this.#arrived)
    this.#arrived = []
    this.#reader.data(bytes)
  }

  onResponseError(_controller: Dispatcher.DispatchController | null, error: Error): void {
    if (this.#over) return
    this.deliverArrived()
    this.#over = true
    this.#reader.fail(toFault(error, this.#controller !== null))
  }
}

const deliver = (exchange: Exchange): void => exchange.deliverArrived()

function textHeaders(raw: Dispatcher.DispatchController['rawHeaders']): string[] {
  if (!Array.isArray(raw)) return []
  return raw.map((part) => (typeof part === 'string' ? part : part.toString('latin1')))
}
