/** What was asked and answered in one request, as it is kept where an operator wants it. */

export interface CapturedBody {
  /** Redacted, and cut off at the key's limit. */
  readonly text: string
  /** Of the whole body, as it came. */
  readonly bytes: number
  readonly isCut: boolean
}

export interface CapturedBodies {
  readonly requestId: string
  readonly keyId: number
  readonly atMs: number
  readonly expiresAtMs: number
  readonly request: CapturedBody
  readonly response: CapturedBody
}
