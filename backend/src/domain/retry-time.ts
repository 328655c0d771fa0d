/** Until when an upstream asks to be left alone, read from the headers of its answer. Contract rule D4. */

/** Looks a header up by its lower-case name. */
export type HeaderLookup = (name: string) => string | undefined

export interface RetryTime {
  readonly untilMs: number
  /** Whether the whole account is meant, or only the model that was asked. */
  readonly scope: 'channel' | 'model'
  /** A quota's own date may lie further ahead than the cap on ordinary waits. */
  readonly isQuota: boolean
}

/** Subscription windows whose claim names one model family; the others bind the whole account. */
const MODEL_CLAIM = /(?:opus|sonnet|haiku|fable|mythos)/

/**
 * The moment named by `retry-after-ms`, `retry-after` (seconds or date, RFC 9110 section 10.2.3) or
 * `anthropic-ratelimit-unified-*`; null when the answer names none that lies ahead.
 */
export function retryTime(header: HeaderLookup, nowMs: number): RetryTime | null {
  const quota = unifiedReset(header, nowMs)
  if (quota) return quota
  const untilMs = retryAfterMs(header, nowMs)
  return untilMs === null ? null : { untilMs, scope: 'model', isQuota: false }
}

/** When `retry-after-ms` or `retry-after` says to come back, in epoch milliseconds. */
export function retryAfterMs(header: HeaderLookup, nowMs: number): number | null {
  const milliseconds = positiveNumber(header('retry-after-ms'))
  if (milliseconds !== null) return nowMs + milliseconds
  const value = header('retry-after')
  const seconds = positiveNumber(value)
  if (seconds !== null) return nowMs + seconds * 1000
  const date = value === undefined ? Number.NaN : Date.parse(value)
  return Number.isNaN(date) || date <= nowMs ? null : date
}

function unifiedReset(header: HeaderLookup, nowMs: number): RetryTime | null {
  if (header('anthropic-ratelimit-unified-status') !== 'rejected') return null
  const claim = header('anthropic-ratelimit-unified-representative-claim') ?? ''
  const reset = positiveNumber(header('anthropic-ratelimit-unified-reset'))
  if (reset === null || reset * 1000 <= nowMs) return null
  return { untilMs: reset * 1000, scope: MODEL_CLAIM.test(claim) ? 'model' : 'channel', isQuota: true }
}

function positiveNumber(value: string | undefined): number | null {
  if (value === undefined || !/^\s*\d+(\.\d+)?\s*$/.test(value)) return null
  const number = Number(value)
  return number > 0 && Number.isFinite(number) ? number : null
}
