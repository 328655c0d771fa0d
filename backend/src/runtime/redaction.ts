/** One body as it is to be kept: decoded, redacted, cut to its size. Runs in a thread, since long texts take their time. */
import {
  brotliDecompressSync,
  constants,
  gunzipSync,
  inflateSync,
  type ZlibOptions,
  zstdDecompressSync,
} from 'node:zlib'
import type { CapturedBody } from '../domain/captured-bodies.ts'
import { redact } from '../domain/redact.ts'

export interface RawBody {
  /** What was collected: perhaps less than came. */
  readonly bytes: Uint8Array
  /** How much came. */
  readonly totalBytes: number
  /** As the upstream named it; null for plain text. */
  readonly encoding: string | null
}

export interface RedactionTask {
  readonly bodies: readonly RawBody[]
  readonly secrets: readonly string[]
  readonly maxBytes: number
}

/** More is not looked at. */
export const REDACTED_MAX_BYTES = 8 * 1024 * 1024

const LIMITS = { maxOutputLength: REDACTED_MAX_BYTES }
/** What came of a body that was cut off is decoded as far as it goes. */
const ZLIB: ZlibOptions = { ...LIMITS, finishFlush: constants.Z_SYNC_FLUSH }
const DECODERS: Readonly<Record<string, (bytes: Uint8Array) => Buffer>> = {
  gzip: (bytes) => gunzipSync(bytes, ZLIB),
  'x-gzip': (bytes) => gunzipSync(bytes, ZLIB),
  deflate: (bytes) => inflateSync(bytes, ZLIB),
  br: (bytes) => brotliDecompressSync(bytes, { ...LIMITS, finishFlush: constants.BROTLI_OPERATION_FLUSH }),
  zstd: (bytes) => zstdDecompressSync(bytes, { ...LIMITS, finishFlush: constants.ZSTD_e_flush }),
}

export function redactBodies({ bodies, secrets, maxBytes }: RedactionTask): CapturedBody[] {
  return bodies.map(({ bytes, totalBytes, encoding }) => {
    const plain = decoded(bytes, encoding)
    const text = textOf(plain)
    if (text === null)
      return { text: `[${totalBytes} bytes that are no text]`, bytes: totalBytes, isCut: true }
    const redacted = Buffer.from(redact(text, secrets))
    const isCut = bytes.length < totalBytes || redacted.length > maxBytes
    return { text: textOf(redacted.subarray(0, maxBytes)) ?? '', bytes: totalBytes, isCut }
  })
}

/** As they are, where they are not what they are said to be: an answer that was rewritten is sent plain. */
function decoded(bytes: Uint8Array, encoding: string | null): Uint8Array {
  const decode = DECODERS[encoding ?? '']
  if (decode === undefined) return bytes
  try {
    return decode(bytes)
  } catch {
    return bytes
  }
}

/** null for what is no UTF-8; a character that is cut off at the end is left out. */
function textOf(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes, { stream: true })
  } catch {
    return null
  }
}
