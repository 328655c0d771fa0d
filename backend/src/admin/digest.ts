/** Secrets as hashes: what is stored instead of them, and a comparison that takes the same time for any guess. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** SHA-256, hexadecimal. For secrets of full entropy only; passwords go to password.ts. */
export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/** 256 bits of chance in 43 characters that are safe in URLs, cookies and headers. */
export const randomToken = (): string => randomBytes(32).toString('base64url')

/** Compares the hashes, so that neither the length nor the first difference shows in the time. */
export function sameSecret(given: string, expected: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(expected))
}
