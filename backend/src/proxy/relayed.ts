/** What came of relaying an answer. */
import type { Told } from '@claude-gateway/contract/reason.ts'
import type { Usage } from '../domain/usage.ts'
import type { Exchange } from '../upstream/exchange.ts'

/** How an answer that was committed came to its end. */
type Ending = 'complete' | 'truncated' | 'client_gone'

export interface Relayed {
  readonly ending: Ending
  readonly status: number
  readonly usage: Usage
  /** False where the upstream's final counts never came. */
  readonly isUsageFinal: boolean
  /** How many characters that the model wrote the client was sent. */
  readonly textCharacters: number
  readonly answeredModel: string | null
  readonly stopReason: string | null
  /** Why it broke off, for the log; null where it did not. */
  readonly fault: Told | null
}

export interface RelayTimes {
  readonly pingMs: number
  readonly idleMs: number
}

/** What a stream is relayed from, and what is changed in it. */
export interface RelaySource {
  readonly exchange: Exchange
  /** The model's name for the client; null: as it came. */
  readonly restoreModel: string | null
  /** The channel's credential, which no error may show. */
  readonly secrets: readonly string[]
}
