/** Which of a client's headers go upstream, and the channel's credential in place of its own. Rules B2, B3, B5, B7. */
import { isTagHeader } from '@claude-gateway/contract/tag-header.ts'
import type { Channel } from '../domain/channel.ts'
import { remembered } from '../domain/header-names.ts'
import { madeOnce } from '../domain/made-once.ts'
import { HOP_BY_HOP, namedInConnection } from './hop-by-hop.ts'
import { withoutHeaders } from './response-headers.ts'

/** Never forwarded: framing that is made anew, the client's credential, cookies, and who the client is on the network. */
const WITHHELD = new Set([
  ...HOP_BY_HOP,
  'host',
  'content-length',
  'content-encoding',
  'accept-encoding',
  'expect',
  'cookie',
  'authorization',
  'x-api-key',
  'forwarded',
  'via',
  'x-real-ip',
  'true-client-ip',
  'x-client-ip',
  'x-cluster-client-ip',
  'client-ip',
  'traceparent',
  'tracestate',
  'baggage',
  'origin',
  'referer',
])
const WITHHELD_PREFIXES = [
  'x-forwarded-',
  'cf-',
  'sec-',
  'proxy-',
  'x-gateway-',
  'x-org-',
  'x-envoy-',
  'x-amzn-',
  'x-b3-',
]

/** A shorter value is a placeholder such as `1` or `dummy`: no secret, and found in other headers by chance. */
const SECRET_MIN_CHARACTERS = 12

/** Whether a text has one of the secrets in it. */
export const holdsSecret = (text: string, secrets: readonly string[]): boolean =>
  secrets.some((secret) => secret.length >= SECRET_MIN_CHARACTERS && text.includes(secret))

/** Rule B2: what the upstream's own protocol needs stays a header of the request, whatever else it is. */
const PROTOCOL = new Set(['accept', 'content-type', 'user-agent', 'x-app'])
const PROTOCOL_PREFIXES = ['anthropic-', 'x-claude-code-', 'x-stainless-']

const isProtocol = (name: string): boolean =>
  PROTOCOL.has(name) || PROTOCOL_PREFIXES.some((prefix) => name.startsWith(prefix))

export interface Withheld {
  /** Values that may appear in no header, whatever its name: the client's gateway key. */
  readonly secrets: readonly string[]
  /** Names and prefixes with `*` of headers that tag requests for the gateway's own books. */
  readonly tagHeaders: readonly string[]
}

/**
 * The headers of a client's request that go upstream, names and values in turn as they came; everything that is not
 * withheld is, since new ones appear with every client release.
 */
export const forwardableHeaders = madeOnce(
  (rawHeaders: readonly string[], { secrets, tagHeaders }: Withheld): readonly string[] => {
    const dropped = namedInConnection(rawHeaders)
    const judged = judgedNames(tagHeaders)
    const kept: string[] = []
    for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
      const name = rawHeaders[index] as string
      const value = rawHeaders[index + 1] as string
      if (!judged(name) || dropped?.has(name.toLowerCase())) continue
      if (holdsSecret(value, secrets)) continue
      kept.push(name, value)
    }
    return kept
  },
  // The same headers present the same list of secrets, and settings that stay the same list of tags.
  (one, other) => one.secrets === other.secrets && one.tagHeaders === other.tagHeaders,
)

/** Whether a header of that name goes upstream: most requests have the same names, and each is judged once. */
const judgedNames = madeOnce((tagHeaders: readonly string[]) =>
  remembered((name) => {
    const lower = name.toLowerCase()
    return !isWithheld(lower) && (isProtocol(lower) || !isTagHeader(tagHeaders, lower))
  }),
)

/** A client's query string as it came, less the parameters that hold one of the secrets. */
export function forwardableQuery(query: string, secrets: readonly string[]): string {
  if (!holdsSecret(query, secrets)) return query
  const kept = query.split('&').filter((parameter) => !holdsSecret(parameter, secrets))
  return kept.join('&')
}

function isWithheld(name: string): boolean {
  return WITHHELD.has(name) || WITHHELD_PREFIXES.some((prefix) => name.startsWith(prefix))
}

export type HeaderTerms = Pick<Channel, 'apiKey' | 'auth' | 'addHeaders' | 'dropHeaders'>

/** The headers of one attempt: the client's, the channel's own, its credential, and an answer that can be read. */
export const attemptHeaders = madeOnce(
  (forwarded: readonly string[], channel: HeaderTerms): readonly string[] => {
    const { replaced, added } = changesOf(channel)
    const kept = replaced.length === 0 ? forwarded : withoutHeaders(forwarded, replaced)
    return [...kept, ...added]
  },
)

/** What a channel changes in the headers of every request. */
interface HeaderChanges {
  /** Lower-case names. */
  readonly replaced: readonly string[]
  /** Names and values in turn. */
  readonly added: readonly string[]
}

/** A channel is a new object when anything of it changes. */
const changesOf = madeOnce((channel: HeaderTerms): HeaderChanges => {
  const own = Object.entries(channel.addHeaders)
  return {
    replaced: [...channel.dropHeaders, ...own.map(([name]) => name.toLowerCase())],
    added: [...own.flat(), ...credentialHeaders(channel), 'accept-encoding', 'identity'],
  }
})

/** Rule B5: Anthropic's own key forms say which header they want; a relay's key goes in both unless it is pinned. */
function credentialHeaders({ apiKey, auth }: HeaderTerms): string[] {
  const wanted = auth === 'auto' ? authOfKey(apiKey) : auth
  const headers: string[] = []
  if (wanted !== 'bearer') headers.push('x-api-key', apiKey)
  if (wanted !== 'x_api_key') headers.push('authorization', `Bearer ${apiKey}`)
  return headers
}

function authOfKey(apiKey: string): 'x_api_key' | 'bearer' | 'both' {
  if (apiKey.startsWith('sk-ant-oat')) return 'bearer'
  if (apiKey.startsWith('sk-ant-')) return 'x_api_key'
  return 'both'
}
