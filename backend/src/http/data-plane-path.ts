/** Recognises the data plane's paths, in the forms in which clients send them. Contract rules A1, A2, A5 and A7. */

export type DataPlanePath =
  | { readonly kind: 'messages' }
  | { readonly kind: 'count_tokens' }
  | { readonly kind: 'models'; readonly id: string | null }
  /** Below `/v1`, but nothing that is served. */
  | { readonly kind: 'unknown' }
  /** Dot segments, encoded slashes or backslashes: refused before any prefix is looked at. */
  | { readonly kind: 'malformed' }

const MALFORMED = /\\|%5c|%2f|(?:^|\/)(?:\.|%2e){1,2}(?:\/|$)/i
/** A base URL that ends in `/v1` gives `/v1/v1/…`; some end in `/anthropic` or `/api`. */
const BELOW_V1 = /^\/+(?:anthropic\/+|api\/+)?(?:v1\/+)*v1(?:\/+(.*?))?\/*$/

/** @returns null for a path that is not the data plane's. @param path without the query string, as it came. */
export function dataPlanePath(path: string): DataPlanePath | null {
  if (MALFORMED.test(path)) return { kind: 'malformed' }
  const match = BELOW_V1.exec(path)
  if (!match) return null
  const rest = match[1] ?? ''
  if (rest === 'messages') return { kind: 'messages' }
  if (rest === 'messages/count_tokens') return { kind: 'count_tokens' }
  if (rest === 'models') return { kind: 'models', id: null }
  if (/^models\/[^/]+$/.test(rest)) return { kind: 'models', id: decode(rest.slice('models/'.length)) }
  return { kind: 'unknown' }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** The path of a request target, without its query string. */
export function pathOf(url: string): string {
  const mark = url.indexOf('?')
  return mark === -1 ? url : url.slice(0, mark)
}
