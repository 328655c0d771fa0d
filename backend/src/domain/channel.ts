/** A channel as the gateway works with it: one upstream account, its key in clear, in memory only. */
import type { ChannelAuth } from '@claude-gateway/contract/channel.ts'

export interface Channel {
  readonly id: number
  readonly name: string
  readonly provider: 'anthropic'
  readonly baseUrl: string
  readonly apiKey: string
  readonly auth: ChannelAuth
  /** A larger priority is tried first. */
  readonly priority: number
  /** Patterns of the models it serves; empty serves all. */
  readonly models: readonly string[]
  /** An HTTP proxy to reach it through, credentials included. */
  readonly proxyUrl: string | null
  readonly enabled: boolean
  readonly createdAtMs: number
  readonly updatedAtMs: number
}
