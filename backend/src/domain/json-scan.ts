/**
 * Finds the members of a JSON object in its bytes, without parsing what they hold: the body of a request is passed
 * on as it came, so all that is wanted of it is where a few values begin and end. Contract rule B1.
 */
import { CLOSES, FOREIGN, NEUTRAL, OPENS, QUOTES, ROLE } from './byte-roles.ts'
import { isLoaded, skipLoaded } from './container-skip.ts'
import { FamiliarTexts } from './familiar-texts.ts'

/** Receives one member: its name, and where its value begins and ends (exclusive) in the scanned bytes. */
export type MemberVisitor = (name: string, start: number, end: number) => void

const QUOTE = 0x22
const BACKSLASH = 0x5c
const COLON = 0x3a
const COMMA = 0x2c
const OPEN_BRACE = 0x7b
const CLOSE_BRACE = 0x7d
const OPEN_BRACKET = 0x5b
const CLOSE_BRACKET = 0x5d

const ZERO = 0x30
const COUNT_DIGITS_MAX = 9

const INVALID = -1

/**
 * Visits the members of the object that `bytes` holds between `from` and `to`, in order, duplicates included.
 *
 * @returns false when the bytes are no JSON object on the surface; the values themselves are not validated.
 */
export function scanObject(bytes: Buffer, visit: MemberVisitor, from = 0, to = bytes.length): boolean {
  let at = skipSpace(bytes, from, to)
  if (bytes[at] !== OPEN_BRACE) return false
  at = skipSpace(bytes, at + 1, to)
  if (at < to && bytes[at] === CLOSE_BRACE) return skipSpace(bytes, at + 1, to) === to
  while (at < to) {
    at = scanMember(bytes, visit, at, to)
    if (at === INVALID || at >= to) return false
    if (bytes[at] === CLOSE_BRACE) return skipSpace(bytes, at + 1, to) === to
    if (bytes[at] !== COMMA) return false
    at = skipSpace(bytes, at + 1, to)
  }
  return false
}

/** Reads `"name": value` at `at`; returns where the comma or brace after it stands. */
function scanMember(bytes: Buffer, visit: MemberVisitor, at: number, to: number): number {
  if (bytes[at] !== QUOTE) return INVALID
  const nameEnd = skipString(bytes, at, to)
  if (nameEnd === INVALID) return INVALID
  const colon = skipSpace(bytes, nameEnd, to)
  if (colon >= to || bytes[colon] !== COLON) return INVALID
  const start = skipSpace(bytes, colon + 1, to)
  const end = skipValue(bytes, start, to)
  if (end === INVALID) return INVALID
  const name = readFamiliar(bytes, at, nameEnd)
  if (name === null) return INVALID
  visit(name, start, end)
  return skipSpace(bytes, end, to)
}

const texts = new FamiliarTexts()

/** As {@link readString}, for what comes again and again: the names of members and of models. */
export function readFamiliar(bytes: Buffer, start: number, end: number): string | null {
  const known = bytes[start] === QUOTE ? texts.find(bytes, start + 1, end - 1) : undefined
  if (known !== undefined) return known
  const text = readString(bytes, start, end)
  // As many characters as bytes: without escapes, and each its own byte.
  if (text?.length === end - start - 2) texts.keep(text)
  return text
}

/** The whole number of at most nine digits between `start` and `end`; null for anything else. */
export function readCount(bytes: Buffer, start: number, end: number): number | null {
  if (start === end || end - start > COUNT_DIGITS_MAX) return null
  let count = 0
  for (let at = start; at < end; at++) {
    const digit = (bytes[at] as number) - ZERO
    if (digit < 0 || digit > 9) return null
    count = count * 10 + digit
  }
  return count
}

/** The text of the JSON string between `start` and `end`, quotes included; null when it is no valid string. */
export function readString(bytes: Buffer, start: number, end: number): string | null {
  if (bytes[start] !== QUOTE || end - start < 2) return null
  const text = bytes.toString('utf8', start + 1, end - 1)
  // An escaped name (`"mod\u0065l"`) means the same to the upstream's parser, so it must to this one.
  if (!text.includes('\\')) return text
  try {
    const parsed: unknown = JSON.parse(`"${text}"`)
    return typeof parsed === 'string' ? parsed : null
  } catch {
    return null
  }
}

function skipSpace(bytes: Buffer, from: number, to: number): number {
  let at = from
  while (at < to) {
    const byte = bytes[at]
    if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return at
    at++
  }
  return at
}

/** Names and most values are shorter; to go through so many bytes takes less than to call for a search. */
const SHORT_BYTES = 24

/** @param at where the opening quote stands. @returns the place after the closing quote. */
function skipString(bytes: Buffer, at: number, to: number): number {
  const soon = Math.min(at + SHORT_BYTES, to)
  let quote = at
  while (quote + 1 < soon) {
    const next = bytes[quote + 1]
    if (next === QUOTE) return quote + 2
    if (next === BACKSLASH) break
    quote++
  }
  while (true) {
    quote = bytes.indexOf(QUOTE, quote + 1)
    if (quote === -1 || quote >= to) return INVALID
    let slash = quote - 1
    while (bytes[slash] === BACKSLASH) slash--
    // An even number of backslashes before a quote escape each other, not the quote.
    if ((quote - slash) % 2 === 1) return quote + 1
  }
}

function skipValue(bytes: Buffer, at: number, to: number): number {
  if (at >= to) return INVALID
  const byte = bytes[at]
  if (byte === QUOTE) return skipString(bytes, at, to)
  if (byte === OPEN_BRACE || byte === OPEN_BRACKET) return skipContainer(bytes, at, to)
  return skipScalar(bytes, at, to)
}

function skipContainer(bytes: Buffer, from: number, to: number): number {
  if (isLoaded(bytes)) return skipLoaded(from, to)
  let depth = 0
  let at = from
  while (at < to) {
    const role = ROLE[bytes[at] as number]
    if (role === QUOTES) {
      at = skipString(bytes, at, to)
      if (at === INVALID) return INVALID
      continue
    }
    if (role === FOREIGN) return INVALID
    if (role === OPENS) depth++
    if (role === CLOSES && --depth === 0) return at + 1
    at++
  }
  return INVALID
}

const SCALAR = /^(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)$/

function skipScalar(bytes: Buffer, from: number, to: number): number {
  let at = from
  while (at < to) {
    const byte = bytes[at] as number
    if (byte === COMMA || byte === CLOSE_BRACE || byte === CLOSE_BRACKET || byte <= 0x20) break
    if (ROLE[byte] !== NEUTRAL) return INVALID
    at++
  }
  return isScalar(bytes, from, at) ? at : INVALID
}

const scalars = new FamiliarTexts()

function isScalar(bytes: Buffer, start: number, end: number): boolean {
  if (scalars.find(bytes, start, end) !== undefined) return true
  const text = bytes.toString('latin1', start, end)
  const isValid = SCALAR.test(text)
  if (isValid) scalars.keep(text)
  return isValid
}

/** Where something stands in the bytes; `end` is exclusive. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** Where the value of a member stands, the last of that name; null when there is none, or no object. */
export function memberSpan(bytes: Buffer, wanted: string, within: Span): Span | null {
  let span: Span | null = null
  const isObject = scanObject(
    bytes,
    (name, start, end) => {
      if (name === wanted) span = { start, end }
    },
    within.start,
    within.end,
  )
  return isObject ? span : null
}

/** The first element of the array within `array` that a test accepts. */
export function firstElementWhere(
  bytes: Buffer,
  array: Span,
  accept: (element: Span) => boolean,
): Span | null {
  if (bytes[array.start] !== OPEN_BRACKET) return null
  let at = skipSpace(bytes, array.start + 1, array.end)
  while (at < array.end && bytes[at] !== CLOSE_BRACKET) {
    const end = skipValue(bytes, at, array.end)
    if (end === INVALID) return null
    if (accept({ start: at, end })) return { start: at, end }
    at = skipSpace(bytes, end, array.end)
    if (bytes[at] === COMMA) at = skipSpace(bytes, at + 1, array.end)
  }
  return null
}
