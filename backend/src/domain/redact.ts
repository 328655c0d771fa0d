/** Takes credentials and bulk out of a body before it is kept: known forms, and what is known to be secret. */

/** What is masked, and what stands in its place. Each pattern takes linear time on any text. */
const CREDENTIALS: readonly (readonly [pattern: RegExp, replacement: string])[] = [
  [
    /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]{0,30}PRIVATE KEY-----|$)/g,
    '[private key]',
  ],
  [/\bsk-ant-[\w-]{6,}/g, 'sk-ant-***'],
  [/\bgk-[\w-]{16,}/g, 'gk-***'],
  [/\bsk-[\w-]{20,}/g, 'sk-***'],
  [/\b(Bearer|Basic)(\s+)[\w.~+/=-]{8,}/gi, '$1$2***'],
  [/\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}\b/g, '[AWS key id]'],
  [
    /((?:aws_?)?(?:secret_?access_?key|session_?token)\\{0,3}["']?\s{0,5}[:=]\s{0,5}\\{0,3}["']?)[A-Za-z0-9/+=]{20,}/gi,
    '$1***',
  ],
  [/\bgh[pousr]_[A-Za-z0-9]{20,}/g, '[GitHub token]'],
  [/\bgithub_pat_\w{20,}/g, '[GitHub token]'],
  [/\bxox[abeprs]-[A-Za-z0-9-]{10,}/g, '[Slack token]'],
]

/** In JSON `"data":"…"`, and in data URLs. What is shorter is worth reading. */
const BASE64 = /((?:"data"\s*:\s*"|;base64,))([A-Za-z0-9+/]{200,}={0,2})/g

/**
 * @param secrets exact texts that may never be kept, such as the channels' credentials.
 * @returns the text with credentials masked and base64 data replaced by its size in bytes.
 */
export function redact(text: string, secrets: readonly string[]): string {
  const withoutBulk = text.replaceAll(
    BASE64,
    (_all, before: string, data: string) => `${before}[${base64Bytes(data)} bytes of base64]`,
  )
  return maskCredentials(maskAcrossDeltas(withoutBulk, secrets), secrets)
}

const base64Bytes = (data: string): number => Math.floor((data.replace(/=+$/, '').length * 3) / 4)

function maskCredentials(text: string, secrets: readonly string[]): string {
  const withoutKnown = formsOf(secrets).reduce((masked, secret) => masked.replaceAll(secret, '***'), text)
  return CREDENTIALS.reduce(
    (masked, [pattern, replacement]) => masked.replaceAll(pattern, replacement),
    withoutKnown,
  )
}

/** As they are, and as they stand in JSON. The longest first, should one contain another. */
function formsOf(secrets: readonly string[]): string[] {
  const forms = secrets.flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1)])
  return [...new Set(forms)].filter((form) => form !== '').sort((one, other) => other.length - one.length)
}

/** The pieces of text that a stream's events carry, still in JSON's writing. */
const DELTA =
  /"type"\s*:\s*"(?:text|input_json|thinking)_delta"\s*,\s*"(?:text|partial_json|thinking)"\s*:\s*"((?:[^"\\]|\\.)*)"/g

interface Piece {
  /** Where it stands in the whole text. */
  readonly start: number
  readonly text: string
  /** Where it stands among the pieces put together. */
  readonly joinedAt: number
}

/** A stream spells a credential over several events: it is looked for in the pieces put together. */
function maskAcrossDeltas(text: string, secrets: readonly string[]): string {
  const pieces = piecesOf(text)
  if (pieces.length < 2) return text
  const joined = pieces.map((piece) => piece.text).join('')
  const ranges = rangesOf(joined, secrets)
  if (ranges.length === 0) return text
  const parts: string[] = []
  let done = 0
  for (const piece of pieces) {
    parts.push(text.slice(done, piece.start), withoutRanges(piece, ranges))
    done = piece.start + piece.text.length
  }
  return parts.join('') + text.slice(done)
}

function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = []
  let joinedAt = 0
  for (const match of text.matchAll(DELTA)) {
    const piece = match[1] ?? ''
    // The match ends with the closing quote.
    pieces.push({ start: match.index + match[0].length - 1 - piece.length, text: piece, joinedAt })
    joinedAt += piece.length
  }
  return pieces
}

type Range = readonly [start: number, end: number]

/** Where credentials stand, in order and without overlaps. */
function rangesOf(text: string, secrets: readonly string[]): Range[] {
  const found: Range[] = []
  for (const [pattern] of CREDENTIALS)
    for (const { 0: match, index } of text.matchAll(pattern)) found.push([index, index + match.length])
  for (const secret of formsOf(secrets))
    for (let at = text.indexOf(secret); at !== -1; at = text.indexOf(secret, at + secret.length))
      found.push([at, at + secret.length])
  found.sort(([one], [other]) => one - other)
  const merged: Range[] = []
  for (const range of found) {
    const last = merged.at(-1)
    if (last !== undefined && range[0] <= last[1])
      merged[merged.length - 1] = [last[0], Math.max(last[1], range[1])]
    else merged.push(range)
  }
  return merged
}

/** A mask where a range begins, and nothing where one goes on. */
function withoutRanges({ text, joinedAt }: Piece, ranges: readonly Range[]): string {
  const parts: string[] = []
  let done = 0
  for (const [start, end] of ranges) {
    const from = Math.max(start - joinedAt, 0)
    const to = Math.min(end - joinedAt, text.length)
    if (from >= to) continue
    parts.push(text.slice(done, from))
    if (start >= joinedAt) parts.push('***')
    done = to
  }
  return parts.join('') + text.slice(done)
}
