/** What is written down about one request: the row of the request log, made once when it settles. */
import type { Told } from '@claude-gateway/contract/reason.ts'
import type { AttemptView, PricePaid } from '@claude-gateway/contract/request-log.ts'
import type { Outcome } from '@claude-gateway/contract/usage.ts'
import type { Decision } from './decision.ts'
import type { Usage } from './usage.ts'

/** One try of a request on one channel, as it is stored with the request. */
export interface AttemptRecord extends Omit<AttemptView, 'spent' | 'reason' | 'reason_parts'> {
  /** Why the channel was left; null for the attempt that answered. */
  readonly reason: Told | null
  readonly spent?: AttemptSpending
}

/** What an attempt used and cost. */
export interface AttemptSpending {
  /** The model that answered, by its upstream name. */
  readonly model: string
  readonly usage: Usage
  readonly costNanoUsd: number
}

export interface RequestRecord {
  readonly requestId: string
  readonly startedAtMs: number
  readonly endpoint: 'messages' | 'count_tokens' | 'probe'
  readonly keyId: number | null
  readonly sessionId: string | null
  readonly agentId: string | null
  readonly parentAgentId: string | null
  /** The turn of the conversation that it belongs to, as the client numbered it. */
  readonly promptId: string | null
  /** What kind of request the client says it is: `main`, `subagent`, `workflow`, `compaction`, `auxiliary`. */
  readonly requestClass: string | null
  /** The kind of agent that asked: `Explore`, `general-purpose`, `custom`, … */
  readonly agentType: string | null
  /** It sums up a conversation that had grown too long. */
  readonly isCompaction: boolean
  /** Values by header name, of the headers that the settings list; null for none. */
  readonly tags: Readonly<Record<string, string>> | null
  readonly requestedModel: string | null
  readonly upstreamModel: string | null
  readonly answeredModel: string | null
  readonly channelId: number | null
  readonly channelName: string | null
  readonly attempts: readonly AttemptRecord[]
  readonly outcome: Outcome
  readonly status: number
  readonly errorCode: string | null
  readonly errorMessage: Told | null
  readonly stopReason: string | null
  readonly streamed: boolean
  readonly usage: Usage
  readonly costNanoUsd: number
  /** What the same tokens would have cost without caching. */
  readonly uncachedCostNanoUsd: number
  /** The part of `costNanoUsd` that its failed attempts make up. */
  readonly failoverCostNanoUsd: number
  readonly costEstimated: boolean
  readonly price: PricePaid | null
  readonly timeToFirstByteMs: number | null
  readonly timeToFirstContentMs: number | null
  readonly durationMs: number
  readonly requestBytes: number
  readonly responseBytes: number
  /** Tokens that another channel's cache held and that were written again; null where none were known. */
  readonly cacheRewrittenTokens: number | null
  /** Why it went where it went; null where it never came to a route. */
  readonly decision: Decision | null
  readonly client: string | null
  readonly clientAddress: string | null
  readonly upstreamRequestId: string | null
}
