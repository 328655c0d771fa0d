/** Puts requests on a socket in as few writes as that takes, and knows when the last one is through. */
import type { Socket } from 'node:net'
import type { Exchange } from '../exchange.ts'

/** A request that is ready to go. */
export interface Outgoing {
  readonly exchange: Exchange
  /** With the empty line behind it, one character a byte. */
  readonly head: string
  readonly body: Buffer | readonly Buffer[] | null
  readonly bodyBytes: number
}

/** A body of so many bytes is copied behind its head: one buffer and one system call cost less than two. */
const JOINED_MAX_BYTES = 16 * 1024

export class RequestWriter {
  readonly #socket: Socket
  readonly #isSecure: boolean
  /** Pieces of a body that wait until the ones before them are encrypted and gone. */
  #waiting: readonly Buffer[] = []
  #next = 0

  constructor(socket: Socket, isSecure: boolean) {
    this.#socket = socket
    this.#isSecure = isSecure
  }

  /** Whether the kernel has taken all of it. */
  get isDone(): boolean {
    return this.#next === this.#waiting.length && this.#socket.writableLength === 0
  }

  write({ head, body, bodyBytes }: Outgoing): void {
    if (body === null || bodyBytes === 0) this.#socket.write(head, 'latin1')
    else if (bodyBytes <= JOINED_MAX_BYTES) this.#socket.write(joined(head, body, bodyBytes))
    else if (this.#isSecure) this.#writeInTurn(head, piecesOf(body))
    else this.#writeTogether(head, piecesOf(body))
  }

  /** The kernel gathers the pieces from where they are. */
  #writeTogether(head: string, pieces: readonly Buffer[]): void {
    this.#socket.cork()
    this.#socket.write(head, 'latin1')
    for (const piece of pieces) this.#socket.write(piece)
    this.#socket.uncork()
  }

  /** TLS copies what is written, and copies pieces that are written together once more. */
  #writeInTurn(head: string, pieces: readonly Buffer[]): void {
    this.#waiting = pieces
    this.#next = 0
    this.#socket.write(head, 'latin1', this.#writeNext)
  }

  readonly #writeNext = (error?: Error | null): void => {
    const piece = this.#waiting[this.#next]
    if (error || piece === undefined) return
    this.#next += 1
    if (this.#next === this.#waiting.length) {
      this.#waiting = []
      this.#next = 0
    }
    this.#socket.write(piece, this.#writeNext)
  }
}

const piecesOf = (body: Buffer | readonly Buffer[]): readonly Buffer[] =>
  Buffer.isBuffer(body) ? [body] : body

function joined(head: string, body: Buffer | readonly Buffer[], bodyBytes: number): Buffer {
  const bytes = Buffer.allocUnsafe(head.length + bodyBytes)
  let at = bytes.write(head, 'latin1')
  for (const piece of piecesOf(body)) at += piece.copy(bytes, at)
  return bytes
}
