/** Everything that the admin plane may reach for. */
import type { ChannelAuth, ChannelState, ChannelTestResult } from '@claude-gateway/contract/channel.ts'
import type { Channel } from '../domain/channel.ts'
import type { Store } from '../store/database.ts'
import type { Secrets } from '../store/secrets.ts'

/** Where one small test request goes. */
export interface ChannelTarget {
  readonly baseUrl: string
  readonly apiKey: string
  readonly auth: ChannelAuth
  readonly proxyUrl: string | null
  readonly model: string
}

export interface AdminAuth {
  /** `none` accepts everybody who comes over a loopback address. */
  readonly mode: 'password' | 'none'
  readonly adminToken: string | null
  /** One-time, made at the start while no operator exists; used up by the first set-up. */
  readonly setupToken: string | null
}

type Log = (fields: object, event: string) => void

export interface AdminContext {
  readonly store: Store
  readonly secrets: Secrets
  readonly auth: AdminAuth
  /** Reloads the snapshot, after any change of channels, mappings or keys; resolves when the next request sees it. */
  configurationChanged(): Promise<void>
  channelState(channel: Channel): ChannelState
  /** Where a message request to this base URL really goes. */
  messagesUrl(baseUrl: string): string
  testChannel(target: ChannelTarget): Promise<ChannelTestResult>
  /** Milliseconds since the Unix epoch. */
  now(): number
  readonly log: { readonly info: Log; readonly warn: Log; readonly error: Log }
}
