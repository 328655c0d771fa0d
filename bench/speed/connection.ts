/** One keep-alive connection of the load: sends prepared bytes, and tells when an answer is whole. */
import { connect, type Socket } from 'node:net'

const HEAD_END = Buffer.from('\r\n\r\n')
const LAST_CHUNK = Buffer.from('\r\n0\r\n\r\n')
const STREAM_END = Buffer.from('"message_stop"')
const OK = Buffer.from('HTTP/1.1 200 ')
const NOTHING = Buffer.alloc(0)

export interface Heard {
  /** Whether a whole answer with status 200 came, of a stream with its last event. */
  readonly isGood: boolean
  readonly bytes: number
}

export class Connection {
  readonly socket: Socket
  /** Sees the body's bytes as they come, framing included. */
  onData: ((chunk: Buffer) => void) | null = null
  #resolve: ((heard: Heard) => void) | null = null
  #head: Buffer | null = null
  #isOk = false
  #bodyBytes = 0
  #received = 0
  #before: Buffer = NOTHING
  #last: Buffer = NOTHING

  constructor(port: number) {
    this.socket = connect(port, '127.0.0.1')
    this.socket.setNoDelay(true)
    this.socket.on('data', (chunk) => this.#take(chunk))
    this.socket.on('error', () => this.#finish(false))
    this.socket.on('close', () => this.#finish(false))
  }

  /** Sends one request; resolves when its answer is whole, or will never be. One at a time. */
  ask(bytes: Buffer): Promise<Heard> {
    this.#head = null
    this.#received = 0
    this.#before = NOTHING
    this.#last = NOTHING
    const { promise, resolve } = Promise.withResolvers<Heard>()
    this.#resolve = resolve
    if (this.socket.destroyed) this.#finish(false)
    else this.socket.write(bytes)
    return promise
  }

  #take(chunk: Buffer): void {
    if (this.#resolve === null) return
    const rest = this.#received === 0 && this.#bodyBytes !== CHUNKED_UNDER_WAY ? this.#readHead(chunk) : chunk
    if (rest === null) return
    this.#received += rest.length
    this.onData?.(rest)
    if (this.#bodyBytes >= 0) {
      if (this.#received >= this.#bodyBytes) this.#finish(this.#isOk)
      return
    }
    this.#keepTail(rest)
    if (endsWith(this.#last, LAST_CHUNK))
      this.#finish(this.#isOk && Buffer.concat([this.#before, this.#last]).includes(STREAM_END))
  }

  /** The last two pieces, without joining them at every event; what is too short to tell the end by counts as part of one. */
  #keepTail(rest: Buffer): void {
    if (rest.length < LAST_CHUNK.length) {
      this.#last = Buffer.concat([this.#last, rest])
      return
    }
    this.#before = this.#last
    this.#last = rest
  }

  /** @returns what comes behind the head; null while that is not whole. */
  #readHead(chunk: Buffer): Buffer | null {
    const bytes = this.#head ? Buffer.concat([this.#head, chunk]) : chunk
    const end = bytes.indexOf(HEAD_END)
    if (end === -1) {
      this.#head = bytes
      return null
    }
    this.#isOk = bytes.subarray(0, OK.length).equals(OK)
    const length = /\r\ncontent-length: *(\d+)/i.exec(bytes.toString('latin1', 0, end))?.[1]
    this.#bodyBytes = length === undefined ? CHUNKED_UNDER_WAY : Number(length)
    return bytes.subarray(end + HEAD_END.length)
  }

  #finish(isGood: boolean): void {
    const resolve = this.#resolve
    this.#resolve = null
    this.#bodyBytes = 0
    resolve?.({ isGood, bytes: this.#received })
  }
}

const CHUNKED_UNDER_WAY = -1

function endsWith(bytes: Buffer, end: Buffer): boolean {
  return bytes.length >= end.length && bytes.subarray(bytes.length - end.length).equals(end)
}
