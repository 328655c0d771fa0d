/** A gateway key as the admin API shows it. Pure. */
import type { GatewayKeyView } from '@claude-gateway/contract/gateway-key.ts'
import { type GatewayKey, validUntilMs } from '../domain/gateway-key.ts'
import { NANO_PER_USD } from '../domain/price.ts'
import type { AdminContext } from './context.ts'

export function keyView(
  { limits, now }: Pick<AdminContext, 'limits' | 'now'>,
  key: GatewayKey,
): GatewayKeyView {
  const until = key.previousHashUntilMs
  return {
    id: key.id,
    name: key.name,
    key_hint: key.hint,
    enabled: key.enabled,
    models: [...key.models],
    requests_per_minute: key.requestsPerMinute,
    tokens_per_minute: key.tokensPerMinute,
    max_concurrency: key.maxConcurrency,
    budgets: key.budgets.map(({ period, limitNanoUsd }) => ({
      period,
      limit_usd: limitNanoUsd / NANO_PER_USD,
    })),
    time_zone: key.timeZone,
    expires_at_ms: key.expiresAtMs,
    expires_after_days: key.expiresAfterDays,
    valid_until_ms: validUntilMs(key, key.firstUsedAtMs),
    first_used_at_ms: key.firstUsedAtMs,
    last_used_at_ms: key.lastUsedAtMs,
    allowed_addresses: [...key.allowedAddresses],
    tags: [...key.tags],
    capture: key.capture,
    may_choose_channel: key.mayChooseChannel,
    previous_key_until_ms: until !== null && until > now() ? until : null,
    use: limits.useOf(key.id),
    created_at_ms: key.createdAtMs,
    updated_at_ms: key.updatedAtMs,
  }
}
