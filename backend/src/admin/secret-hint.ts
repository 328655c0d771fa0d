/** What may be shown of a secret, so that people can tell one from another. Pure. */

/** `sk-…9f2a`; of a short secret less, so that what is hidden always outweighs what is shown. */
export function secretHint(secret: string, shownAtStart = 3): string {
  if (secret.length < 8) return '…'
  if (secret.length < 16) return `…${secret.slice(-2)}`
  return `${secret.slice(0, shownAtStart)}…${secret.slice(-4)}`
}

/** Stands for a secret that is not shown. */
export const MASK = '***'

/** A proxy URL with its password masked. */
export function maskProxyUrl(proxyUrl: string): string {
  const url = URL.parse(proxyUrl)
  if (url === null || url.password === '') return proxyUrl
  url.password = MASK
  return url.href
}

/** True for a URL whose password is our mask: it was shown, edited, and sent back. */
export const isMasked = (proxyUrl: string): boolean => URL.parse(proxyUrl)?.password === MASK

/** Headers that a channel sets, their values masked: each may be a credential. */
export const maskHeaders = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.keys(headers).map((name) => [name, MASK]))
