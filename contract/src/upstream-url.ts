/** Joins a channel's base URL, in every form people paste it, with the endpoint that is called. Contract rule B6. */

export interface UpstreamTarget {
  /** Scheme, host and port: `https://api.anthropic.com`. */
  readonly origin: string
  /** Path and query, as they go on the request line. */
  readonly path: string
}

/** What may follow the API's root in a pasted URL and does not belong to a base: `/v1`, or a full endpoint. */
const PASTED_ENDPOINT = /(?:\/v1)*\/v1(?:\/messages(?:\/count_tokens|\/batches)?|\/models|\/complete)?$/

/**
 * @param baseUrl what the operator entered: with or without `/v1`, a trailing slash, a path prefix, the full
 *   endpoint, a query string (its parameters are added to every call, the client's own win).
 * @param endpoint the path below `/v1`, such as `/messages`.
 * @param query the client's query string as it came, without the question mark; may be empty.
 * @throws TypeError when the base is no URL; the contract's schema keeps such a base out of the store.
 */
export const upstreamTarget = (baseUrl: string, endpoint: string, query: string): UpstreamTarget =>
  targetUnder(readBase(baseUrl), endpoint, query)

/** A base URL as it was understood; to be kept where many requests go to it. */
export interface UpstreamBase {
  readonly origin: string
  /** What stands before `/v1`. */
  readonly prefix: string
  readonly parameters: URLSearchParams
}

/** @throws TypeError when the base is no URL. */
export function readBase(baseUrl: string): UpstreamBase {
  const { origin, pathname, searchParams } = new URL(baseUrl.trim())
  const prefix = pathname.replace(/\/+$/, '').replace(PASTED_ENDPOINT, '').replace(/\/+$/, '')
  return { origin, prefix, parameters: searchParams }
}

/** {@link upstreamTarget} for a base that has been read. */
export function targetUnder(base: UpstreamBase, endpoint: string, query: string): UpstreamTarget {
  const search = joinQueries(base.parameters, query)
  return { origin: base.origin, path: `${base.prefix}/v1${endpoint}${search}` }
}

/** The URL a message request goes to, for people to read. */
export function messagesUrl(baseUrl: string): string {
  const { origin, path } = upstreamTarget(baseUrl, '/messages', '')
  return origin + path
}

function joinQueries(base: URLSearchParams, query: string): string {
  if (base.size === 0) return query === '' ? '' : `?${query}`
  const own = new URLSearchParams(query)
  const kept = [...base].filter(([name]) => !own.has(name))
  const added = new URLSearchParams(kept).toString()
  const joined = [added, query].filter((part) => part !== '').join('&')
  return joined === '' ? '' : `?${joined}`
}
