/** One connection to an origin: it carries one exchange after the other. */
import type { OnReadOpts, Socket } from 'node:net'
import type { Carrier, Exchange } from '../exchange.ts'
import type { FramedHead } from './answer-head.ts'
import { type AnswerFault, AnswerParser, type AnswerSink } from './answer-parser.ts'
import { connectTimedOut, plainConnectError } from './connect-error.ts'
import { type Outgoing, RequestWriter } from './request-writer.ts'

export interface Lifespan {
  readonly connectTimeoutMs: number
  /** For how long it is kept idle where the upstream says nothing of it. */
  readonly idleMs: number
}

/** Who keeps the connections of an origin. */
export interface Keeper {
  readonly lifespan: Lifespan
  /** It can carry another exchange. */
  onIdle(connection: Connection): void
  onClosed(connection: Connection): void
}

/** The upstream closes an idle connection at its own time; a request must not be under way to it by then. */
const KEEP_ALIVE_MARGIN_MS = 1000
const KEEP_ALIVE_MAX_MS = 600_000

/**
 * Where every socket reads into: what came is copied out at once, mostly a few hundred bytes. By default Node allocates
 * 64 KB for each read, keeps what it needs of them and frees the rest.
 */
const ARRIVED = Buffer.allocUnsafeSlow(64 * 1024)

/** Its listeners are set once and for all; each event goes to the exchange of the moment. */
export class Connection implements Carrier, AnswerSink {
  /** When it will have been idle for too long, on the monotonic clock. */
  idleUntil = 0
  readonly #keeper: Keeper
  readonly #socket: Socket
  readonly #writer: RequestWriter
  readonly #parser: AnswerParser
  readonly #connectTimer: NodeJS.Timeout
  #exchange: Exchange | null = null
  /** The request it was made for, until it stands. */
  #first: Outgoing | null

  /** @param opened the event that tells that the connection stands, TLS included. */
  constructor(
    keeper: Keeper,
    open: (onread: OnReadOpts) => Socket,
    opened: 'connect' | 'secureConnect',
    first: Outgoing,
  ) {
    const socket = open({ buffer: ARRIVED, callback: (bytes) => this.#onArrived(bytes) })
    this.#keeper = keeper
    this.#socket = socket
    this.#writer = new RequestWriter(socket, opened === 'secureConnect')
    this.#parser = new AnswerParser(this)
    this.#first = first
    const { connectTimeoutMs } = keeper.lifespan
    this.#connectTimer = setTimeout(() => socket.destroy(connectTimedOut()), connectTimeoutMs)
    socket.once(opened, () => this.#onOpened())
    socket.once('end', () => this.#onEnd())
    // An error may come after the first one, and nobody else listens.
    socket.on('error', (error) => this.#onError(error))
    socket.once('close', () => this.#onClosed())
  }

  isUsable(nowMs: number): boolean {
    return nowMs < this.idleUntil && !this.#socket.destroyed
  }

  /**
   * Sends a request, now or never.
   * @returns false where the connection turned out to be dead before a single byte was taken from us: the upstream knows
   *   nothing of the request, so that another connection may carry it whatever its method. RFC 9112 section 9.3.1.
   */
  carry(outgoing: Outgoing): boolean {
    this.#parser.begin()
    this.#writer.write(outgoing)
    if (this.#socket.errored !== null) return false
    this.#exchange = outgoing.exchange
    outgoing.exchange.begin(this)
    return true
  }

  destroy(): void {
    this.#socket.destroy()
  }

  pause(): void {
    this.#socket.pause()
  }

  resume(): void {
    this.#socket.resume()
  }

  /** What arrives is handed on in the same moment. */
  deliver(): void {}

  abort(): void {
    this.#exchange = null
    this.#socket.destroy()
  }

  onHead(head: FramedHead): void {
    this.#exchange?.head(head)
  }

  onBody(bytes: Buffer): void {
    this.#exchange?.data(bytes)
  }

  #onOpened(): void {
    clearTimeout(this.#connectTimer)
    const first = this.#first
    this.#first = null
    if (first === null) return
    // Aborted while the connection was being made: nothing may be sent any more, but the next request can use it.
    if (first.exchange.isOver) this.#rest(null)
    else if (!this.carry(first)) first.exchange.break(this.#socket.errored ?? broken('EARLY_CLOSE'))
  }

  /** @returns whether to go on reading. */
  #onArrived(bytes: number): boolean {
    this.#onData(Buffer.from(ARRIVED.subarray(0, bytes)))
    return true
  }

  #onData(bytes: Buffer): void {
    if (this.#exchange === null) {
      // Nobody asked: it would be taken for the answer to the next request.
      this.#socket.destroy()
      return
    }
    this.#parser.feed(bytes)
    this.#advance()
  }

  #onEnd(): void {
    this.#parser.close()
    this.#advance()
    this.#socket.destroy()
  }

  /** Looks at where the answer stands, unless its reader has left meanwhile. */
  #advance(): void {
    if (this.#exchange === null) return
    const { isOver, fault } = this.#parser
    if (fault !== null) this.#fail(broken(fault))
    else if (isOver) this.#finish(this.#exchange)
  }

  #finish(exchange: Exchange): void {
    this.#exchange = null
    if (this.#parser.isReusable && this.#writer.isDone) this.#rest(this.#parser.keepAliveMs)
    else this.#socket.destroy()
    exchange.end()
  }

  #rest(keepAliveMs: number | null): void {
    const idleMs = keepAliveMs === null ? this.#keeper.lifespan.idleMs : keepAliveMs - KEEP_ALIVE_MARGIN_MS
    if (idleMs <= 0) {
      this.#socket.destroy()
      return
    }
    this.idleUntil = performance.now() + Math.min(idleMs, KEEP_ALIVE_MAX_MS)
    // The reader of the last answer may have left it paused.
    if (this.#socket.isPaused()) this.#socket.resume()
    this.#keeper.onIdle(this)
  }

  #onError(error: Error): void {
    this.#fail(plainConnectError(error))
  }

  #onClosed(): void {
    clearTimeout(this.#connectTimer)
    this.#fail(broken('EARLY_CLOSE'))
    this.#keeper.onClosed(this)
  }

  #fail(error: Error): void {
    const exchange = this.#exchange ?? this.#first?.exchange
    this.#exchange = null
    this.#first = null
    this.#socket.destroy()
    exchange?.break(error)
  }
}

/** What it means depends on whether the request was out: `fault.ts` tells. */
const broken = (code: AnswerFault): Error => Object.assign(new Error(code), { code })
