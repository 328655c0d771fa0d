/** Everything that the admin plane may reach for. */
import type { BudgetUse } from '@claude-gateway/contract/budget.ts'
import type { ChannelState, ChannelTestResult } from '@claude-gateway/contract/channel.ts'
import type { ChannelAuth } from '@claude-gateway/contract/channel-fields.ts'
import type { ChannelHealthView } from '@claude-gateway/contract/channel-health.ts'
import type { HandlerInput, ResponseOf } from '@claude-gateway/contract/endpoint.ts'
import type { KeyUse } from '@claude-gateway/contract/gateway-key.ts'
import type { Repricing, RepricingRequest } from '@claude-gateway/contract/repricing.ts'
import type { routeEndpoints } from '@claude-gateway/contract/route.ts'
import type { Settings } from '@claude-gateway/contract/settings.ts'
import type { TagBudget } from '../domain/budget.ts'
import type { Channel } from '../domain/channel.ts'
import type { GatewayKey } from '../domain/gateway-key.ts'
import type { FoundPrice } from '../domain/price-list.ts'
import type { Store } from '../store/database.ts'
import type { Secrets } from '../store/secrets.ts'

/** Where one small test request goes. */
export interface ChannelTarget {
  readonly baseUrl: string
  readonly apiKey: string
  readonly auth: ChannelAuth
  readonly proxyUrl: string | null
  /** Names and values of headers to set, over all others. */
  readonly addHeaders: Channel['addHeaders']
  readonly model: string
}

export interface AdminAuth {
  /** `none` accepts everybody who comes over a loopback address. */
  readonly mode: 'password' | 'none'
  readonly adminToken: string | null
  /** One-time, made at the start while no operator exists; used up by the first set-up. */
  readonly setupToken: string | null
}

/** Health of the channels as the data plane sees it. */
export interface AdminHealth {
  stateOf(channel: Channel): ChannelState
  viewOf(channel: Channel): Omit<ChannelHealthView, 'timeline'>
  /** Forgets cooldowns and breaker. */
  clear(channelId: number): void
  /** Takes the channel out of every route. */
  pause(channelId: number, untilMs: number): void
  /** Resolves when the timeline in the store is up to date. */
  flush(): Promise<void>
}

/** What the running gateway knows of keys and their limits. */
export interface AdminLimits {
  /** What a key has used of its limits, as this process knows it; for a key that is not known, nothing. */
  useOf(keyId: number): KeyUse
  /** What all keys with a tag have spent of its budget. */
  useOfTag(budget: TagBudget): BudgetUse
}

/** Prices as the data plane charges by them. */
export interface AdminPrices {
  /** By what a model is charged on a channel, or on none in particular. */
  find(model: string, channelId: number | null, atMs: number): FoundPrice
  /** @param begins called before the first change; not at all where nothing is to be changed. */
  reprice(request: RepricingRequest, begins: () => Promise<void>): Promise<Repricing>
}

type Explain = typeof routeEndpoints.explain

type Log = (fields: object, event: string) => void

/** What is known of this process. */
interface AdminSystem {
  readonly version: string
  readonly nodeVersion: string
  readonly startedAtMs: number
  /** Settled requests that are not in the database yet. */
  journalWaiting(): number
}

/** When something was written to the request log by this process. */
interface AdminArrivals {
  readonly count: number
  /** The gateway stops. */
  readonly isOver: boolean
  /** Resolves as soon as `count` is past `seen`, at the end, or after `timeoutMs`. */
  next(seen: number, timeoutMs: number): Promise<void>
}

/** A call of somebody who may hold a gateway key. */
export interface PresentedKey {
  readonly headers: NodeJS.Dict<string | string[]>
  readonly clientAddress: string
}

export interface AdminContext {
  readonly store: Store
  readonly secrets: Secrets
  /** What holds of each setting until an operator sets it. */
  readonly settingDefaults: Settings
  readonly auth: AdminAuth
  /** Reloads the snapshot, after any change of channels, mappings or keys; resolves when the next request sees it. */
  configurationChanged(): Promise<void>
  readonly health: AdminHealth
  readonly prices: AdminPrices
  readonly system: AdminSystem
  readonly arrivals: AdminArrivals
  readonly limits: AdminLimits
  /** The gateway key that is presented, judged as the data plane judges it; being asked is no use of the key. */
  keyHolder(presented: PresentedKey): GatewayKey
  /** Where a request would go now. */
  explainRoute(question: HandlerInput<Explain>['body']): ResponseOf<Explain>
  /** Where a message request to this base URL really goes. */
  messagesUrl(baseUrl: string): string
  testChannel(target: ChannelTarget): Promise<ChannelTestResult>
  /** Milliseconds since the Unix epoch. */
  now(): number
  readonly log: { readonly info: Log; readonly warn: Log; readonly error: Log }
}
