/** Headers that belong to one connection and are never passed on. RFC 9110 section 7.6.1. */

export const HOP_BY_HOP: readonly string[] = [
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]

/** The lower-case names that `Connection` lists, or null when it lists none but the usual. */
export function namedInConnection(rawHeaders: readonly string[]): Set<string> | null {
  let named: Set<string> | null = null
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] as string
    if (name.length !== 10 || name.toLowerCase() !== 'connection') continue
    const value = (rawHeaders[index + 1] as string).toLowerCase()
    if (value === 'keep-alive' || value === 'close') continue
    named ??= new Set()
    for (const token of value.split(',')) named.add(token.trim())
  }
  return named
}
