/**
 * Reads the head of a request that the lane takes: one that is well-formed by the narrowest reading of RFC 9112 and asks
 * for nothing but to post a body of a given length. Whatever else it might be is left to `node:http`, so that nothing is
 * ever read here in a way in which somebody else would not.
 */
import { FIELD_LINE, readFieldLines } from '../../domain/field-lines.ts'
import { FamiliarNames, remembered } from '../../domain/header-names.ts'

export interface MessageHead {
  /** Path and query. */
  readonly url: string
  /** Names and values in turn, as they came. */
  readonly rawHeaders: readonly string[]
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>
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

/** They change how a request is read or answered, or are no plain text by name in what `node:http` makes of them. */
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
  const { headers } = fields
  const length = headers['content-length']
  const { host, connection = 'keep-alive' } = headers
  if (host === undefined || length === undefined || !LENGTH.test(length)) return null
  if (connection.toLowerCase() !== 'keep-alive') return null
  const url = text.slice(TARGET_AT, lineEnd - VERSION_BYTES)
  return { url, ...fields, bodyBytes: Number(length), endsAt: end + HEAD_END.length }
}

type Fields = Pick<MessageHead, 'rawHeaders' | 'headers'>

/** @returns null where a name is special, or comes twice. */
function readFields(text: string, from: number): Fields | null {
  const rawHeaders: string[] = []
  const headers: Record<string, string> = {}
  let isPlain = true
  readFieldLines(text, from, (written, value) => {
    const name = names.of(written, rawHeaders.length / 2)
    const { lower, isSpecial } = judged(name)
    if (isSpecial || headers[lower] !== undefined) isPlain = false
    rawHeaders.push(name, value)
    headers[lower] = value
  })
  return isPlain ? { rawHeaders, headers } : null
}

const names = new FamiliarNames()
const judged = remembered((name) => {
  const lower = name.toLowerCase()
  return { lower, isSpecial: SPECIAL.has(lower) }
})
