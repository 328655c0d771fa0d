/** What is meant, when what was sent may be the masked form of a secret that we showed. Pure. */
import { GatewayError } from '../failures.ts'
import { isMasked, MASK, maskProxyUrl } from './secret-hint.ts'

/**
 * The shown URL sent back unchanged means the stored one. Changed but with its password still masked, it cannot be
 * used: throws `validation_failed`.
 */
export function proxyUrlMeant(sent: string | null, stored: string | null): string | null {
  if (sent === null || !isMasked(sent)) return sent
  if (stored !== null && maskProxyUrl(stored) === sent) return stored
  throw new GatewayError('validation_failed', 'The proxy URL was changed; its password is needed again.', {
    fields: { proxy_url: 'needs its password again, since *** stands for one that we do not show' },
  })
}

type Headers = Readonly<Record<string, string>>

/** A masked value means the stored one of that name; where there is none, throws `validation_failed`. */
export function headersMeant(sent: Headers, stored: Headers): Record<string, string> {
  const unknown = Object.keys(sent).filter((name) => sent[name] === MASK && !Object.hasOwn(stored, name))
  if (unknown.length === 0) {
    const meant = (name: string, value: string) => (value === MASK ? (stored[name] ?? value) : value)
    return Object.fromEntries(Object.entries(sent).map(([name, value]) => [name, meant(name, value)]))
  }
  const fault = 'needs a value, since *** stands for one that we do not show'
  throw new GatewayError('validation_failed', `No value is stored for ${unknown.join(', ')}.`, {
    fields: Object.fromEntries(unknown.map((name) => [`add_headers.${name}`, fault])),
  })
}
