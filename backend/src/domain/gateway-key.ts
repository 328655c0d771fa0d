/** A gateway key as the gateway knows it: its hash, never its secret, and what it may do. */
import type { Capture } from '@claude-gateway/contract/gateway-key.ts'
import type { Budget } from './budget.ts'

export interface GatewayKey {
  readonly id: number
  readonly name: string
  /** SHA-256 of the secret, hexadecimal. */
  readonly hash: string
  /** The same of the secret before the last rotation; null where there was none. */
  readonly previousHash: string | null
  /** Until when that one works as well. */
  readonly previousHashUntilMs: number | null
  /** What may be shown of the secret. */
  readonly hint: string
  readonly enabled: boolean
  /** Patterns of the models it may ask for; empty allows all. */
  readonly models: readonly string[]
  /** null: no limit; the same for the next two. */
  readonly requestsPerMinute: number | null
  readonly tokensPerMinute: number | null
  readonly maxConcurrency: number | null
  readonly budgets: readonly Budget[]
  /** IANA name: whose calendar the budgets follow. */
  readonly timeZone: string
  readonly expiresAtMs: number | null
  /** Days from the first use. */
  readonly expiresAfterDays: number | null
  readonly firstUsedAtMs: number | null
  readonly lastUsedAtMs: number | null
  /** Addresses and networks from which it may be used; empty allows all. */
  readonly allowedAddresses: readonly string[]
  readonly tags: readonly string[]
  /** What is kept of its requests' bodies; null: nothing. */
  readonly capture: Capture | null
  /** Whether a request may name the one channel that it is tried on. */
  readonly mayChooseChannel: boolean
  readonly createdAtMs: number
  readonly updatedAtMs: number
}

const DAY_MS = 86_400_000

/**
 * When a key ends, in epoch milliseconds: on its date, or its days after the first use, whichever comes first; null
 * where neither is set, or the days have not begun.
 */
export function validUntilMs(
  { expiresAtMs, expiresAfterDays }: Pick<GatewayKey, 'expiresAtMs' | 'expiresAfterDays'>,
  firstUsedAtMs: number | null,
): number | null {
  if (expiresAfterDays === null || firstUsedAtMs === null) return expiresAtMs
  const endMs = firstUsedAtMs + expiresAfterDays * DAY_MS
  return expiresAtMs === null ? endMs : Math.min(expiresAtMs, endMs)
}
