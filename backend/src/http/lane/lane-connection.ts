/** One client's connection on the lane: it carries one call after the other, and leaves the lane with the first that is not one. */
import type { Socket } from 'node:net'
import type { EndpointName } from '../../proxy/client-call.ts'
import { FamiliarHead } from './familiar-head.ts'
import { LaneRequest } from './lane-request.ts'
import { LaneResponse, type ResponseTerms } from './lane-response.ts'
import type { MessageHead } from './message-head.ts'

export interface LaneCall {
  readonly request: LaneRequest
  readonly response: LaneResponse
  readonly endpoint: EndpointName
  /** The address at the other end of the connection; undefined where that is gone already. */
  readonly peer: string | undefined
}

/** Who keeps the lane's connections. */
export interface LaneKeeper extends ResponseTerms {
  serve(call: LaneCall): void
  onClosed(connection: LaneConnection): void
  /** It leaves the lane, with all that it has not read put back. */
  onLeaving(connection: LaneConnection): void
}

/** So much may come behind a request before its sender has to wait for the answer. */
const BEHIND_MAX_BYTES = 64 * 1024

export class LaneConnection {
  /** Since when it has waited for a request, on the monotonic clock. */
  idleSince = performance.now()
  readonly #socket: Socket
  readonly #keeper: LaneKeeper
  readonly #peer: string | undefined
  readonly #heads = new FamiliarHead()
  #hasServed = false
  #request: LaneRequest | null = null
  #response: LaneResponse | null = null
  /** What came behind the request that is being answered. */
  #behind: Buffer[] = []
  readonly #listeners: Readonly<Record<string, (bytes: Buffer) => void>>

  constructor(socket: Socket, keeper: LaneKeeper) {
    this.#socket = socket
    this.#keeper = keeper
    this.#peer = socket.remoteAddress
    this.#listeners = {
      data: (bytes) => this.#onData(bytes),
      drain: () => this.#response?.drained(),
      // As with node:http, a client that ends its side waits for nothing any more.
      end: () => socket.end(),
      // `close` follows.
      error: () => undefined,
      close: () => this.#onClosed(),
    }
    for (const [event, listener] of Object.entries(this.#listeners)) socket.on(event, listener)
  }

  get isIdle(): boolean {
    return this.#response === null
  }

  /** With the answer that is under way, or now; one on which nothing was ever asked may still ask how things stand. */
  hangUp(): void {
    if (this.#response !== null) this.#response.isLast = true
    else if (this.#hasServed) this.#socket.destroySoon()
  }

  destroy(): void {
    this.#socket.destroy()
  }

  #onData(bytes: Buffer): void {
    if (this.#behind.length > 0) this.#hold(bytes)
    else if (this.#request === null) this.#begin(bytes)
    else {
      const ofBody = Math.min(this.#request.missingBytes, bytes.length)
      // First what is behind it: with its end a request may be answered at once.
      if (ofBody < bytes.length) this.#hold(bytes.subarray(ofBody))
      if (ofBody > 0) this.#request.take(bytes.subarray(0, ofBody))
    }
  }

  #hold(bytes: Buffer): void {
    this.#behind.push(bytes)
    const waiting = this.#behind.reduce((sum, { length }) => sum + length, 0)
    if (waiting > BEHIND_MAX_BYTES) this.#socket.pause()
  }

  #begin(bytes: Buffer): void {
    const head = this.#heads.read(bytes)
    if (head === null) this.#leave(bytes)
    else this.#serve(head, bytes)
  }

  #serve(head: MessageHead, bytes: Buffer): void {
    const end = head.endsAt + head.bodyBytes
    const request = new LaneRequest(head, bytes.subarray(head.endsAt, end))
    const response = new LaneResponse(this.#socket, this.#keeper, () => this.#onAnswered())
    this.#hasServed = true
    this.#request = request
    this.#response = response
    if (end < bytes.length) this.#hold(bytes.subarray(end))
    this.#keeper.serve({ request, response, endpoint: head.endpoint, peer: this.#peer })
  }

  #onAnswered(): void {
    const isLast = this.#response?.isLast || this.#keeper.isStopping || this.#request?.isWhole !== true
    this.#request = null
    this.#response = null
    this.idleSince = performance.now()
    if (isLast) this.#socket.destroySoon()
    // Not at once: many requests that are refused at sight would each be served inside the one before.
    else if (this.#behind.length > 0) setImmediate(() => this.#goOn())
  }

  #goOn(): void {
    const bytes = Buffer.concat(this.#behind)
    this.#behind = []
    if (this.#socket.destroyed) return
    if (this.#socket.isPaused()) this.#socket.resume()
    this.#begin(bytes)
  }

  /** To `node:http`, which reads the bytes as if they came just now. */
  #leave(bytes: Buffer): void {
    const socket = this.#socket
    for (const [event, listener] of Object.entries(this.#listeners)) socket.off(event, listener)
    // Stopped first: a socket that flows already would not notice what is put back.
    socket.pause()
    socket.unshift(bytes)
    this.#keeper.onLeaving(this)
    socket.resume()
  }

  #onClosed(): void {
    this.#request?.break()
    this.#response?.gone()
    this.#keeper.onClosed(this)
  }
}
