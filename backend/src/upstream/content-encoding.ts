/** Undoes a compression that an upstream applied although `identity` was asked for. Contract rule B7. */
import { promisify } from 'node:util'
import {
  brotliDecompress,
  createBrotliDecompress,
  createGunzip,
  createInflate,
  createZstdDecompress,
  gunzip,
  inflate,
  zstdDecompress,
} from 'node:zlib'

const WHOLE = {
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
  zstd: promisify(zstdDecompress),
} as const

const STREAMED = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
  zstd: createZstdDecompress,
} as const

type Encoding = keyof typeof WHOLE

function asEncoding(value: string): Encoding | null {
  const name = value.trim().toLowerCase()
  return Object.hasOwn(WHOLE, name) ? (name as Encoding) : null
}

/** The decoded body; null when the encoding is unknown, the body broken, or larger than `maxBytes`. */
export async function decode(body: Buffer, encoding: string, maxBytes: number): Promise<Buffer | null> {
  const known = asEncoding(encoding)
  if (known === null) return null
  try {
    return await WHOLE[known](body, { maxOutputLength: maxBytes })
  } catch {
    return null
  }
}

/** A stream that decodes; null when the encoding is unknown. */
export function createDecoder(encoding: string) {
  const known = asEncoding(encoding)
  return known === null ? null : STREAMED[known]()
}
