/**
 * Reads the head of a request that the lane takes: one that is well-formed by the narrowest reading of RFC 9112 and asks
 * for nothing but to post a body of a given length. Whatever else it might be is left to `node:http`, so that nothing is
 * ever read here in a way in which somebody else would not.
 */
import { FIELD_LINE, readFieldLines } from '../../domain/field-lines.ts'
import { FamiliarNames, remembered } from '../../domain/header-names.ts'
import type { EndpointName } from '../../proxy/client-call.ts'
import { dataPlanePath, pathOf } from '../data-plane-path.ts'

export interface MessageHead {
  readonly endpoint: EndpointName
  /** Path and query. */
  readonly url: string
  /** Names and values in turn, as they came, but for `content-length`. */
  readonly rawHeaders: readonly string[]
  /** In lower case, in the same order, each once. */
  readonly headerNames: readonly string[]
  /** What `content-length` says. */
  readonly bodyBytes: number
  /** Where the body begins. */
  readonly endsAt: number
}

const HEAD = new RegExp(String.raw`^POST \/[!-~]* HTTP\/1\.1\r\n(?:${FIELD_LINE})*$`)
const HEAD_END = Buffer.from('\r\n\r\n')
const TARGET_AT = 'POST '.length
const VERSION_BYTES = ' HTTP/1.1'.length
/** As `node:http` is told here. */
const HEAD_MAX_BYTES = 64 * 1024
const LENGTH = /^\d{1,15}$/

/** They change how a request is read or answered, or `node:http` makes something else of them than a text. */
const SPECIAL = new Set([
  'transfer-encoding',
  'expect',
  'upgrade',
  'proxy-connection',
  'origin',
  'set-cookie',
  '__proto__',
])

/** @param bytes what has come of a request. @returns null where it is not the lane's, or not all of its head is there. */
export function readMessageHead(bytes: Buffer): MessageHead | null {
  const end = bytes.indexOf(HEAD_END)
  if (end === -1 || end > HEAD_MAX_BYTES) return null
  const text = bytes.toString('latin1', 0, end + 2)
  if (!HEAD.test(text)) return null
  const lineEnd = text.indexOf('\r\n')
  const fields = readFields(text, lineEnd + 2)
  if (fields === null) return null
  const { rawHeaders, headerNames, length } = fields
  const connection = fieldOf(fields, 'connection') ?? 'keep-alive'
  if (length === null || !LENGTH.test(length) || fieldOf(fields, 'host') === null) return null
  if (connection.toLowerCase() !== 'keep-alive') return null
  const url = text.slice(TARGET_AT, lineEnd - VERSION_BYTES)
  const endpoint = dataPlanePath(pathOf(url))?.kind
  if (endpoint !== 'messages' && endpoint !== 'count_tokens') return null
  return { endpoint, url, rawHeaders, headerNames, bodyBytes: Number(length), endsAt: end + HEAD_END.length }
}

/** @param name in lower case. */
export function fieldOf(
  { headerNames, rawHeaders }: Pick<MessageHead, 'rawHeaders' | 'headerNames'>,
  name: string,
): string | null {
  // So few are gone through in less time than it takes to make a table of them.
  for (let index = 0; index < headerNames.length; index += 1)
    if (headerNames[index] === name) return rawHeaders[2 * index + 1] ?? null
  return null
}

/** Far more than any client sends. */
const FIELDS_MAX = 100

interface Fields extends Pick<MessageHead, 'rawHeaders' | 'headerNames'> {
  /** The value of `content-length`. */
  readonly length: string | null
}

/** @returns null where a name is special, or comes twice, or there are too many. */
function readFields(text: string, from: number): Fields | null {
  let length: string | null = null
  const rawHeaders: string[] = []
  const headerNames: string[] = []
  let isPlain = true
  readFieldLines(text, from, (written, value) => {
    const name = names.of(written, headerNames.length)
    const { lower, isSpecial } = judged(name)
    if (isSpecial || headerNames.length === FIELDS_MAX || headerNames.includes(lower)) isPlain = false
    if (lower === 'content-length') {
      if (length !== null) isPlain = false
      length = value
    } else if (isPlain) {
      rawHeaders.push(name, value)
      headerNames.push(lower)
    }
  })
  return isPlain ? { rawHeaders, headerNames, length } : null
}

const names = new FamiliarNames()
const judged = remembered((name) => {
  const lower = name.toLowerCase()
  return { lower, isSpecial: SPECIAL.has(lower) }
})
