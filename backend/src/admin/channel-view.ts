/** A channel as the admin API shows it: what is secret, only as a hint. */
import type { ChannelView } from '@claude-gateway/contract/channel.ts'
import type { Channel } from '../domain/channel.ts'
import { NANO_PER_USD } from '../domain/price.ts'
import type { AdminContext } from './context.ts'
import { maskHeaders, maskProxyUrl, secretHint } from './secret-hint.ts'

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
    weight: channel.weight,
    models: [...channel.models],
    max_concurrency: channel.maxConcurrency,
    max_requests_per_minute: channel.maxRequestsPerMinute,
    connect_timeout_ms: channel.connectTimeoutMs,
    first_byte_timeout_ms: channel.firstByteTimeoutMs,
    idle_timeout_ms: channel.idleTimeoutMs,
    add_headers: maskHeaders(channel.addHeaders),
    drop_headers: [...channel.dropHeaders],
    probe_interval_seconds: channel.probeIntervalSeconds,
    probe_model: channel.probeModel,
    probe_daily_usd: channel.probeDailyNanoUsd / NANO_PER_USD,
    cost_multiplier: channel.costMultiplierMillionths / 1_000_000,
    proxy_url: channel.proxyUrl === null ? null : maskProxyUrl(channel.proxyUrl),
    enabled: channel.enabled,
    state: context.health.stateOf(channel),
    created_at_ms: channel.createdAtMs,
    updated_at_ms: channel.updatedAtMs,
  }
}
