/** Reads the head of an answer: status, headers as they were written, and what they say of the body. RFC 9112. */
import { FIELD_LINE, readFieldLines } from '../../domain/field-lines.ts'
import { isNamed } from '../../domain/header-names.ts'
import type { AnswerHead } from '../answer-reader.ts'

/** A body in chunks. */
export const CHUNKED = -1
/** A body that ends where the connection does. */
export const UNTIL_CLOSE = -2

export interface FramedHead extends AnswerHead {
  /** How long the body is, or {@link CHUNKED}, or {@link UNTIL_CLOSE}. */
  bodyBytes: number
  /** Whether another request may follow on the connection. */
  isReusable: boolean
  /** For how long the upstream says that it keeps an idle connection, in milliseconds; null where it does not. */
  keepAliveMs: number | null
}

/** One expression judges the whole head. Each part ends where the next can begin, so that it runs in linear time. */
const HEAD = new RegExp(
  String.raw`^HTTP\/1\.[01] [1-9]\d\d(?: [\t\x20-\x7e\x80-\xff]*)?\r\n(?:${FIELD_LINE})*$`,
)

const MINOR_VERSION_AT = 'HTTP/1.'.length
const STATUS_AT = 'HTTP/1.1 '.length
const LENGTH = /^\d{1,15}$/
const CLOSE = /(?:^|,)[\t ]*close[\t ]*(?:,|$)/i
const TIMEOUT = /timeout=(\d{1,9})/i

/**
 * @param text a head with the CR LF of its last line, less the empty line behind it; one character a byte.
 * @returns null where it is malformed, or leaves open where the body ends: such an answer is never guessed at.
 */
export function readAnswerHead(text: string): FramedHead | null {
  if (!HEAD.test(text)) return null
  const rawHeaders: string[] = []
  const said = new Said()
  readFieldLines(text, text.indexOf('\r\n') + 2, (name, value) => {
    rawHeaders.push(name, value)
    said.note(name, value)
  })
  return framed(
    Number(text.slice(STATUS_AT, STATUS_AT + 3)),
    text[MINOR_VERSION_AT] === '1',
    rawHeaders,
    said,
  )
}

/** RFC 9112 section 6.3. */
function framed(status: number, isLatest: boolean, rawHeaders: string[], said: Said): FramedHead | null {
  const isDeclared = said.isChunked || said.bodyBytes > 0
  if (said.isContradictory || (said.isChunked && (said.bodyBytes >= 0 || !isLatest))) return null
  const isEmpty = status < 200 || status === 204 || status === 304
  const bodyBytes = isEmpty ? 0 : lengthOf(said)
  // A body that may not be there may be there all the same, and would be read as the next answer.
  const isReusable = isLatest && !said.closes && bodyBytes !== UNTIL_CLOSE && !(isEmpty && isDeclared)
  return { status, rawHeaders, bodyBytes, isReusable, keepAliveMs: said.keepAliveMs }
}

function lengthOf({ isChunked, bodyBytes }: Said): number {
  if (isChunked) return CHUNKED
  return bodyBytes >= 0 ? bodyBytes : UNTIL_CLOSE
}

/** What the headers say of the connection and of the body. */
class Said {
  /** -1: nothing. */
  bodyBytes = -1
  isChunked = false
  closes = false
  keepAliveMs: number | null = null
  isContradictory = false

  /** Four names matter. */
  note(name: string, value: string): void {
    if (isNamed(name, 'content-length')) this.#noteLength(value)
    else if (isNamed(name, 'transfer-encoding')) this.#noteCoding(value)
    else if (isNamed(name, 'connection')) this.closes ||= value !== 'keep-alive' && CLOSE.test(value)
    else if (isNamed(name, 'keep-alive')) this.#noteTimeout(value)
  }

  /** Twice is once too often, even if it is the same. */
  #noteLength(value: string): void {
    if (this.bodyBytes >= 0 || !LENGTH.test(value)) this.isContradictory = true
    this.bodyBytes = Number(value)
  }

  /** Only `chunked` was allowed, since nothing else was asked for. */
  #noteCoding(value: string): void {
    if (this.isChunked || value.toLowerCase() !== 'chunked') this.isContradictory = true
    this.isChunked = true
  }

  #noteTimeout(value: string): void {
    const seconds = TIMEOUT.exec(value)?.[1]
    if (seconds !== undefined) this.keepAliveMs = Number(seconds) * 1000
  }
}
