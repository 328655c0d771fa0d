/** A channel as the admin API shows it: what is secret, only as a hint. */
import type { ChannelView } from '@claude-gateway/contract/channel.ts'
import type { Channel } from '../domain/channel.ts'
import type { AdminContext } from './context.ts'
import { maskProxyUrl, secretHint } from './secret-hint.ts'

export function channelView(context: AdminContext, channel: Channel): ChannelView {
  return {
    id: channel.id,
    name: channel.name,
    provider: channel.provider,
    base_url: channel.baseUrl,
    messages_url: context.messagesUrl(channel.baseUrl),
    api_key_hint: secretHint(channel.apiKey),
    auth: channel.auth,
    priority: channel.priority,
    models: [...channel.models],
    proxy_url: channel.proxyUrl === null ? null : maskProxyUrl(channel.proxyUrl),
    enabled: channel.enabled,
    state: context.channelState(channel),
    created_at_ms: channel.createdAtMs,
    updated_at_ms: channel.updatedAtMs,
  }
}
