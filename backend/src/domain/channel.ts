/** A channel as the gateway works with it: one upstream account, its key in clear, in memory only. */
import type { ChannelAuth } from '@claude-gateway/contract/channel-fields.ts'

export interface Channel {
  readonly id: number
  readonly name: string
  readonly provider: 'anthropic'
  readonly baseUrl: string
  readonly apiKey: string
  readonly auth: ChannelAuth
  /** A larger priority is tried first. */
  readonly priority: number
  /** Within one priority: a channel of twice the weight gets twice the sessions. */
  readonly weight: number
  /** Patterns of the models it serves; empty serves all. */
  readonly models: readonly string[]
  /** Requests at once, beyond which it comes last; null: no limit. */
  readonly maxConcurrency: number | null
  /** Requests a minute, beyond which it comes last; null: no limit. */
  readonly maxRequestsPerMinute: number | null
  /** Milliseconds; null: the gateway's own. */
  readonly connectTimeoutMs: number | null
  readonly firstByteTimeoutMs: number | null
  readonly idleTimeoutMs: number | null
  /** Headers set on every request to it, over those of the client. */
  readonly addHeaders: Readonly<Record<string, string>>
  /** Lower-case names of client headers that it does not get. */
  readonly dropHeaders: readonly string[]
  /** An HTTP proxy to reach it through, credentials included. */
  readonly proxyUrl: string | null
  /** Seconds between active probes; 0: none. */
  readonly probeIntervalSeconds: number
  /** The model that probes ask for, as the upstream names it. */
  readonly probeModel: string | null
  /** What probes may cost a UTC day, in nano-dollars. */
  readonly probeDailyNanoUsd: number
  /** What it charges, in millionths of the list price. */
  readonly costMultiplierMillionths: number
  readonly enabled: boolean
  readonly createdAtMs: number
  readonly updatedAtMs: number
}
