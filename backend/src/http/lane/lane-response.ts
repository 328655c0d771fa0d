/** An answer on the lane: its head waits for the first piece of its body, and both are one write. RFC 9112. */
import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { isFieldName, isFieldValue } from '../../domain/field-lines.ts'
import type { CallResponse } from '../../proxy/client-side.ts'

/** A piece of so many bytes is copied behind its head or its size: one buffer and one system call cost less than two. */
const JOINED_MAX_BYTES = 16 * 1024
const NOTHING = Buffer.alloc(0)
const LAST_CHUNK = '0\r\n\r\n'

export interface ResponseTerms {
  /** How long the connection is kept without a request, as clients are told it. */
  readonly keepAliveSeconds: number
  readonly isStopping: boolean
}

export class LaneResponse implements CallResponse {
  hasBegun = false
  isFinished = false
  isGone = false
  sentBytes = 0
  /** Nothing else is answered on this connection. */
  isLast = false
  readonly #socket: Socket
  readonly #terms: ResponseTerms
  readonly #onFinished: () => void
  /** Until it is written. */
  #head = ''
  #isChunked = false
  #hasBody = true
  #onDrain: (() => void) | null = null
  #onGone: (() => void) | null = null
  #over: PromiseWithResolvers<void> | null = null

  constructor(socket: Socket, terms: ResponseTerms, onFinished: () => void) {
    this.#socket = socket
    this.#terms = terms
    this.#onFinished = onFinished
  }

  get mustDrain(): boolean {
    return this.#socket.writableNeedDrain
  }

  writeHead(status: number, rawHeaders: readonly string[], bodyBytes: number | null): void {
    let head = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'unknown'}\r\n`
    for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
      const name = rawHeaders[index] as string
      const value = rawHeaders[index + 1] as string
      // What would end a line or begin another must never get here; if it does, the call fails and not the framing.
      if (!isFieldName(name) || !isFieldValue(value)) throw new Error(`A header cannot be sent: ${name}`)
      head += `${name}: ${value}\r\n`
    }
    this.#hasBody = status !== 204 && status !== 304
    this.#isChunked = this.#hasBody && bodyBytes === null
    if (this.#isChunked) head += 'transfer-encoding: chunked\r\n'
    else if (this.#hasBody) head += `content-length: ${bodyBytes}\r\n`
    this.isLast ||= this.#terms.isStopping
    head += this.isLast
      ? 'connection: close\r\n\r\n'
      : `connection: keep-alive\r\nkeep-alive: timeout=${this.#terms.keepAliveSeconds}\r\n\r\n`
    this.#head = head
    this.hasBegun = true
  }

  write(piece: Buffer): boolean {
    this.#send(piece, '')
    return !this.mustDrain
  }

  end(piece: Buffer = NOTHING): void {
    // A client that has hung up is told nothing more, and its answer is never finished; `gone` comes.
    if (!this.#socket.writable) return
    this.#send(piece, this.#isChunked ? LAST_CHUNK : '')
    if (this.#socket.writableLength === 0) this.#finish()
    else this.#finishBehindAllThatWaits()
  }

  #finishBehindAllThatWaits(): void {
    this.#socket.write(NOTHING, (error) => {
      if (!error) this.#finish()
    })
  }

  breakOff(): void {
    this.#socket.destroySoon()
  }

  hangUpAfter(): void {
    this.isLast = true
  }

  onDrain(listener: () => void): void {
    this.#onDrain = listener
  }

  onGone(listener: () => void): void {
    this.#onGone = listener
  }

  over(): Promise<void> {
    if (this.isFinished || this.isGone) return Promise.resolve()
    this.#over ??= Promise.withResolvers()
    return this.#over.promise
  }

  /** The connection has room again. */
  drained(): void {
    this.#onDrain?.()
  }

  /** The connection is gone. */
  gone(): void {
    if (this.isGone) return
    this.isGone = true
    if (this.isFinished) return
    this.#onGone?.()
    this.#over?.resolve()
  }

  #finish(): void {
    if (this.isFinished || this.isGone) return
    this.isFinished = true
    this.#over?.resolve()
    this.#onFinished()
  }

  #send(piece: Buffer, last: string): void {
    if (!this.#socket.writable) return
    const body = this.#hasBody ? piece : NOTHING
    const isChunk = this.#isChunked && body.length > 0
    const before = isChunk ? `${this.#head}${body.length.toString(16)}\r\n` : this.#head
    const after = isChunk ? `\r\n${last}` : last
    this.#head = ''
    const bytes = before.length + body.length + after.length
    if (bytes === 0) return
    this.sentBytes += bytes
    if (body.length <= JOINED_MAX_BYTES) this.#socket.write(joined(before, body, after))
    else this.#writeTogether(before, body, after)
  }

  /** The kernel gathers the pieces from where they are. */
  #writeTogether(before: string, body: Buffer, after: string): void {
    this.#socket.cork()
    if (before !== '') this.#socket.write(before, 'latin1')
    this.#socket.write(body)
    if (after !== '') this.#socket.write(after, 'latin1')
    this.#socket.uncork()
  }
}

function joined(before: string, body: Buffer, after: string): Buffer {
  const bytes = Buffer.allocUnsafe(before.length + body.length + after.length)
  let at = bytes.write(before, 0, 'latin1')
  at += body.copy(bytes, at)
  bytes.write(after, at, 'latin1')
  return bytes
}
