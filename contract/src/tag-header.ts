/** Which request headers become tags: names and prefixes that an operator lists, and never one that may hold a credential. */

const CREDENTIALS = [
  'authorization',
  'cookie',
  'proxy-authorization',
  'set-cookie',
  'x-api-key',
  'x-goog-api-key',
]
const CREDENTIAL_WORDS = new Set([
  'apikey',
  'auth',
  'authorization',
  'cookie',
  'credential',
  'credentials',
  'key',
  'password',
  'secret',
  'signature',
  'token',
])

/** True for a header whose name says that it holds a credential (`x-api-key`, `x-relay-token`). Lower-case names only. */
export function isCredentialHeader(name: string): boolean {
  return CREDENTIALS.includes(name) || name.split(/[-_.]/).some((word) => CREDENTIAL_WORDS.has(word))
}

/** True where a pattern would let a credential through: by its own words, or because its prefix begins a known one. */
export function mayNameCredential(pattern: string): boolean {
  if (!pattern.endsWith('*')) return isCredentialHeader(pattern)
  const prefix = pattern.slice(0, -1)
  return isCredentialHeader(prefix) || CREDENTIALS.some((name) => name.startsWith(prefix))
}

/** Whether the header of this lower-case name becomes a tag. A prefix never makes one of a credential. */
export function isTagHeader(patterns: readonly string[], name: string): boolean {
  const isListed = patterns.some((pattern) =>
    pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern,
  )
  return isListed && !isCredentialHeader(name)
}
