/** Takes an answer apart as its bytes come, without a socket: RFC 9112, and no guesses about what is not in it. */
import { CHUNKED, type FramedHead, readAnswerHead, UNTIL_CLOSE } from './answer-head.ts'
import { ChunkedBody } from './chunked-body.ts'

export interface AnswerSink {
  onHead(head: FramedHead): void
  /** All that one read brought of the body. */
  onBody(bytes: Buffer): void
}

/** What is wrong with an answer, as the log of attempts names it. */
export type AnswerFault =
  | 'BAD_ANSWER_HEAD'
  | 'ANSWER_HEAD_TOO_LARGE'
  | 'UNASKED_UPGRADE'
  | 'BAD_CHUNK'
  | 'EARLY_CLOSE'

const HEAD_MAX_BYTES = 64 * 1024
const HEAD_END = Buffer.from('\r\n\r\n')
const START = 'HTTP/1.'
/** A line that ended otherwise than by CR LF: a head with one never comes to its end. */
const BARE_LINE_FEED = /(?:^|[^\r])\n/

const HEAD = 0
const LENGTH = 1
const CHUNKS = 2
const REST = 3

/** One after the other for all answers of a connection. */
export class AnswerParser {
  /** The answer is complete. */
  isOver = false
  /** Complete, and nothing speaks against another request on the same connection. */
  isReusable = false
  keepAliveMs: number | null = null
  fault: AnswerFault | null = null
  /** Whether anything of the answer has come. */
  hasBegun = false
  readonly #sink: AnswerSink
  readonly #chunks = new ChunkedBody()
  #part = HEAD
  #left = 0
  /** What has come of a head that is not yet complete. */
  #partialHead: Buffer | null = null

  constructor(sink: AnswerSink) {
    this.#sink = sink
  }

  /** A new answer is expected. */
  begin(): void {
    this.isOver = false
    this.isReusable = false
    this.keepAliveMs = null
    this.fault = null
    this.hasBegun = false
    this.#part = HEAD
    this.#partialHead = null
  }

  /**
   * What comes of the answer goes to the sink at once; then {@link isOver} and {@link fault} tell how it stands.
   * @param bytes become the parser's: the body that goes to the sink lies in them.
   */
  feed(bytes: Buffer): void {
    this.hasBegun = true
    const all = this.#partialHead === null ? bytes : Buffer.concat([this.#partialHead, bytes])
    let at = this.#part === HEAD ? this.#readHeads(all) : 0
    if (at < all.length && !this.isOver && this.fault === null) at = this.#readBody(all, at)
    // Nobody asked for more than one answer.
    if (at < all.length) this.isReusable = false
  }

  /** The connection ended. */
  close(): void {
    if (this.isOver || this.fault !== null) return
    if (this.#part === REST) this.isOver = true
    else this.fault = 'EARLY_CLOSE'
  }

  /** Interim answers are passed over. @returns the position behind what was read. */
  #readHeads(bytes: Buffer): number {
    this.#partialHead = null
    let at = 0
    while (this.#part === HEAD && this.fault === null) {
      const end = bytes.indexOf(HEAD_END, at)
      if (end < 0) {
        if (at < bytes.length) this.#keepPartialHead(bytes.subarray(at))
        return bytes.length
      }
      this.#readHead(bytes, at, end)
      at = end + HEAD_END.length
    }
    return at
  }

  /** What can never become a head is told at once: whoever waits for the rest would wait until his time is over. */
  #keepPartialHead(bytes: Buffer): void {
    if (bytes.length > HEAD_MAX_BYTES) {
      this.fault = 'ANSWER_HEAD_TOO_LARGE'
      return
    }
    const text = bytes.toString('latin1')
    const isPromising = text.startsWith(START.slice(0, text.length)) && !BARE_LINE_FEED.test(text)
    if (isPromising) this.#partialHead = bytes
    else this.fault = 'BAD_ANSWER_HEAD'
  }

  #readHead(bytes: Buffer, start: number, end: number): void {
    if (end - start > HEAD_MAX_BYTES) {
      this.fault = 'ANSWER_HEAD_TOO_LARGE'
      return
    }
    const head = readAnswerHead(bytes.toString('latin1', start, end + 2))
    if (head === null) this.fault = 'BAD_ANSWER_HEAD'
    else if (head.status === 101) this.fault = 'UNASKED_UPGRADE'
    else if (head.status >= 200) this.#take(head)
  }

  #take(head: FramedHead): void {
    this.isReusable = head.isReusable
    this.keepAliveMs = head.keepAliveMs
    this.#sink.onHead(head)
    if (head.bodyBytes === CHUNKED) {
      this.#part = CHUNKS
      this.#chunks.begin()
    } else if (head.bodyBytes === UNTIL_CLOSE) {
      this.#part = REST
    } else {
      this.#part = LENGTH
      this.#left = head.bodyBytes
      this.isOver = head.bodyBytes === 0
    }
  }

  #readBody(bytes: Buffer, at: number): number {
    if (this.#part === CHUNKS) return this.#readChunks(bytes, at)
    const end = this.#part === REST ? bytes.length : Math.min(bytes.length, at + this.#left)
    if (this.#part === LENGTH) {
      this.#left -= end - at
      this.isOver = this.#left === 0
    }
    this.#sink.onBody(at === 0 && end === bytes.length ? bytes : bytes.subarray(at, end))
    return end
  }

  #readChunks(bytes: Buffer, start: number): number {
    const chunks = this.#chunks
    const at = chunks.read(bytes, start)
    this.isOver = chunks.isOver
    if (chunks.isBroken) this.fault = 'BAD_CHUNK'
    if (chunks.to > chunks.from) this.#sink.onBody(bytes.subarray(chunks.from, chunks.to))
    return at
  }
}
