/** Response headers as Anthropic's edge sends them, so that a gateway has something real to pass on or to drop. */
import type { AnswerHeaders } from './answer.ts'
import type { RecordedRequest } from './recorded-request.ts'

/** What every answer carries, errors included; `date` comes from Node itself. */
export function standardHeaders(request: RecordedRequest, contentType: string): Record<string, string> {
  return {
    'Content-Type': contentType,
    'request-id': request.requestId,
    'strict-transport-security': 'max-age=31536000; includeSubDomains; preload',
    'anthropic-organization-id': 'c12a17cc-0000-4000-8000-c8cbc248c006',
    'set-cookie': `__cf_bm=${request.requestId}; path=/; HttpOnly; Secure`,
    'cf-cache-status': 'DYNAMIC',
    'X-Robots-Tag': 'none',
    Server: 'cloudflare',
    'CF-RAY': `${request.requestId.slice(-16)}-FRA`,
  }
}

/** The limits of an account that pays by use, as they stand on every successful message. */
export function rateLimitHeaders(nowMs: number): Record<string, string> {
  const reset = new Date(nowMs + 60_000).toISOString().replace(/\.\d+Z$/, 'Z')
  const headers: Record<string, string> = {}
  for (const [kind, limit] of Object.entries({
    requests: 4000,
    'input-tokens': 2_000_000,
    tokens: 2_400_000,
  })) {
    headers[`anthropic-ratelimit-${kind}-limit`] = `${limit}`
    headers[`anthropic-ratelimit-${kind}-remaining`] = `${limit - 1}`
    headers[`anthropic-ratelimit-${kind}-reset`] = reset
  }
  return headers
}

interface UnifiedLimit {
  status: 'allowed' | 'allowed_warning' | 'rejected'
  claim: 'five_hour' | 'seven_day'
  /** Epoch milliseconds; sent in whole seconds, as Anthropic does. */
  resetAtMs: number
}

/** The limits of a subscription: one status over a five-hour and a seven-day window (contract rule D4). */
export function unifiedLimitHeaders({ status, claim, resetAtMs }: UnifiedLimit): AnswerHeaders {
  const reset = `${Math.floor(resetAtMs / 1000)}`
  const [bound, other] = claim === 'five_hour' ? ['5h', '7d'] : ['7d', '5h']
  const prefix = 'anthropic-ratelimit-unified'
  return {
    [`${prefix}-status`]: status,
    [`${prefix}-${bound}-status`]: status,
    [`${prefix}-${bound}-reset`]: reset,
    [`${prefix}-${bound}-utilization`]: status === 'rejected' ? '1.0' : '0.86',
    [`${prefix}-${other}-status`]: 'allowed',
    [`${prefix}-${other}-reset`]: `${Math.floor(resetAtMs / 1000) + 86_400}`,
    [`${prefix}-${other}-utilization`]: '0.42',
    [`${prefix}-representative-claim`]: claim,
    [`${prefix}-fallback-percentage`]: '0.5',
    [`${prefix}-overage-status`]: 'rejected',
    [`${prefix}-overage-disabled-reason`]: 'out_of_credits',
    [`${prefix}-reset`]: reset,
  }
}
