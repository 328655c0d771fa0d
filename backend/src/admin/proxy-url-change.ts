/** Which proxy URL is meant, when the one sent may be the masked one that we showed. Pure. */
import { GatewayError } from '../failures.ts'
import { isMasked, maskProxyUrl } from './secret-hint.ts'

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
