/** One request to one upstream and its answer, as it arrives: the narrow door to the HTTP clients. */
import { reason } from '@claude-gateway/contract/reason.ts'
import type { AnswerHead, AnswerReader } from './answer-reader.ts'
import { DecodedReader } from './decoded-reader.ts'
import { toFault, UpstreamFault } from './fault.ts'

export interface UpstreamRequest {
  readonly origin: string
  readonly path: string
  readonly method: 'POST' | 'GET'
  /** Names and values in turn. */
  readonly headers: readonly string[]
  /** In one piece, or in several that are sent one after the other. */
  readonly body: Buffer | readonly Buffer[] | null
  /** Whether an event stream that comes compressed is read decoded: where its frames will have to be changed. */
  readonly decodeStream?: boolean
}

/** An HTTP client, and how it gets to any origin. */
export interface Way {
  /**
   * Puts a request on a connection as soon as there is one; what becomes of it is told to the exchange.
   * @throws Error when the request cannot be sent at all.
   */
  begin(request: UpstreamRequest, exchange: Exchange): void
}

/** The connection an exchange is on. Nothing is asked of it once the exchange is over. */
export interface Carrier {
  pause(): void
  resume(): void
  /** Hands on what has arrived. */
  deliver(): void
  /** The answer is not wanted any more. */
  abort(fault: UpstreamFault): void
}

/** Sends a request at once; what comes back goes to `reader`, until {@link Exchange.handTo} names another. */
export function send(way: Way, request: UpstreamRequest, reader: AnswerReader): Exchange {
  const exchange = new Exchange(reader, request.decodeStream ?? false)
  try {
    way.begin(request, exchange)
  } catch (error) {
    exchange.break(error as Error)
  }
  return exchange
}

/** What happens on a connection comes in by `begin`, `head`, `data`, `end` and `break`. */
export class Exchange {
  #reader: AnswerReader
  readonly #decoded: DecodedReader | null
  #carrier: Carrier | null = null
  #over = false

  constructor(reader: AnswerReader, decodesStream: boolean) {
    this.#decoded = decodesStream ? new DecodedReader(reader, (fault) => this.abort(fault)) : null
    this.#reader = this.#decoded ?? reader
  }

  /** From here on, what arrives goes to another reader. */
  handTo(reader: AnswerReader): void {
    if (this.#decoded) this.#decoded.handTo(reader)
    else this.#reader = reader
  }

  /** Back-pressure: the upstream is not read further until {@link resume}. */
  pause(): void {
    if (!this.#over) this.#carrier?.pause()
    this.#decoded?.pause()
  }

  resume(): void {
    this.#decoded?.resume()
    if (!this.#over) this.#carrier?.resume()
  }

  /** Ends the talk now, whatever its state; the reader is told. Does nothing when it is over. */
  abort(fault: UpstreamFault): void {
    this.#carrier?.deliver()
    if (!this.#over) {
      this.#over = true
      this.#carrier?.abort(fault)
      this.#reader.fail(fault)
    } else {
      // The upstream is done, but its reader may not be: what has come is still being decoded.
      this.#decoded?.fail(fault)
    }
  }

  /** Nothing more will be passed on: who would still send the request need not. */
  get isOver(): boolean {
    return this.#over
  }

  /** The request has been put on a live connection. */
  begin(carrier: Carrier): void {
    this.#carrier = carrier
  }

  head(head: AnswerHead): void {
    if (this.#over) return
    try {
      this.#reader.head(head)
    } catch (cause) {
      this.#giveUp(cause)
    }
  }

  data(bytes: Buffer): void {
    if (this.#over) return
    try {
      this.#reader.data(bytes)
    } catch (cause) {
      this.#giveUp(cause)
    }
  }

  end(): void {
    if (this.#over) return
    this.#over = true
    try {
      this.#reader.end()
    } catch (cause) {
      this.#reader.fail(unread(cause))
    }
  }

  /** A mistake of ours in reading one answer is that attempt's failure; out of a socket's event it would be everybody's. */
  #giveUp(cause: unknown): void {
    this.abort(unread(cause))
  }

  /** The connection failed, or never came about. */
  break(error: Error): void {
    if (this.#over) return
    this.#over = true
    this.#reader.fail(toFault(error, this.#carrier !== null))
  }
}

const unread = (cause: unknown): UpstreamFault =>
  new UpstreamFault('failed', reason('connection_broke', { error: 'ANSWER_UNREAD' }), cause)
