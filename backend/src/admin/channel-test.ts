/** Where a test request goes: to a stored channel, to an unsaved one, or to a stored one with unsaved changes. Pure. */
import type { channelTestSchema } from '@claude-gateway/contract/channel.ts'
import type { z } from 'zod'
import type { Channel } from '../domain/channel.ts'
import { GatewayError } from '../failures.ts'
import type { ChannelTarget } from './context.ts'
import { proxyUrlMeant } from './proxy-url-change.ts'

type ChannelTest = z.output<typeof channelTestSchema>

/** What was sent comes first, then what is stored. Throws `validation_failed` where neither has it. */
export function testTarget(sent: ChannelTest, stored: Channel | null): ChannelTarget {
  const baseUrl = sent.base_url ?? stored?.baseUrl
  const apiKey = sent.api_key ?? stored?.apiKey
  if (baseUrl === undefined || apiKey === undefined) throw incomplete(baseUrl, apiKey)
  const storedProxyUrl = stored?.proxyUrl ?? null
  return {
    baseUrl,
    apiKey,
    auth: sent.auth ?? stored?.auth ?? 'auto',
    proxyUrl: sent.proxy_url === undefined ? storedProxyUrl : proxyUrlMeant(sent.proxy_url, storedProxyUrl),
    model: sent.model,
  }
}

function incomplete(baseUrl: string | undefined, apiKey: string | undefined): GatewayError {
  const need = 'is needed, unless id names a stored channel'
  return new GatewayError('validation_failed', 'Send the id of a channel, or a base_url with an api_key.', {
    fields: {
      ...(baseUrl === undefined && { base_url: need }),
      ...(apiKey === undefined && { api_key: need }),
    },
  })
}
