/** Where a test request goes: to a stored channel, to an unsaved one, or to a stored one with unsaved changes. Pure. */
import type { channelTestSchema } from '@claude-gateway/contract/channel.ts'
import type { z } from 'zod'
import type { Channel } from '../domain/channel.ts'
import { GatewayError } from '../failures.ts'
import type { ChannelTarget } from './context.ts'
import { proxyUrlMeant } from './masked-change.ts'

type ChannelTest = z.output<typeof channelTestSchema>

/**
 * What was sent comes first, then what is stored. Throws `validation_failed` where neither has it, and where the stored
 * credential would go to another address than the one it was entered for.
 */
export function testTarget(sent: ChannelTest, stored: Channel | null): ChannelTarget {
  const baseUrl = sent.base_url ?? stored?.baseUrl
  const apiKey = sent.api_key ?? stored?.apiKey
  if (baseUrl === undefined || apiKey === undefined) throw incomplete(baseUrl, apiKey)
  const isElsewhere = stored !== null && originOf(baseUrl) !== originOf(stored.baseUrl)
  if (isElsewhere && sent.api_key === undefined) throw keyNeeded()
  const storedProxyUrl = stored?.proxyUrl ?? null
  return {
    baseUrl,
    apiKey,
    auth: sent.auth ?? stored?.auth ?? 'auto',
    proxyUrl: sent.proxy_url === undefined ? storedProxyUrl : proxyUrlMeant(sent.proxy_url, storedProxyUrl),
    // Their values may be credentials as well.
    addHeaders: stored === null || isElsewhere ? {} : stored.addHeaders,
    model: sent.model,
  }
}

const originOf = (url: string): string | undefined => URL.parse(url)?.origin

const keyNeeded = (): GatewayError =>
  new GatewayError('validation_failed', 'The address was changed; the key is needed again to test it.', {
    fields: { api_key: 'is needed again, since the stored one was entered for another address' },
  })

function incomplete(baseUrl: string | undefined, apiKey: string | undefined): GatewayError {
  const need = 'is needed, unless id names a stored channel'
  return new GatewayError('validation_failed', 'Send the id of a channel, or a base_url with an api_key.', {
    fields: {
      ...(baseUrl === undefined && { base_url: need }),
      ...(apiKey === undefined && { api_key: need }),
    },
  })
}
