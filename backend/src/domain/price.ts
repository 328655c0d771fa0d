/** What a price is: integer nano-dollars per million tokens, by token kind and rate. Contract rule E3. */
import type { TokenCounts } from './usage.ts'

/** Each kind of token that has a price of its own, and where its count stands. */
export const TOKEN_KINDS = {
  input: 'inputTokens',
  output: 'outputTokens',
  cache_read: 'cacheReadTokens',
  cache_write_5m: 'cacheWrite5mTokens',
  cache_write_1h: 'cacheWrite1hTokens',
} as const satisfies Record<string, keyof TokenCounts>

export type TokenKind = keyof typeof TOKEN_KINDS

/** Nano-dollars per million tokens, whole numbers. */
export type Rates = Readonly<Record<TokenKind, number>>

export interface LongPrompt {
  readonly overTokens: number
  readonly rates: Rates
}

/** Who says so: the list that comes with the gateway, an operator, or the published lists of other vendors. */
type PriceOrigin = 'shipped' | 'operator' | 'vendor'

/** The prices of one model from one day on. */
export interface PriceRow {
  /** Absent where it is no row of the database. */
  readonly id?: number
  /** A name, or a prefix with one `*` at its end; `unknown` for the row that stands in for every other. */
  readonly model: string
  /** Other names of the model. */
  readonly aliases: readonly string[]
  readonly origin: PriceOrigin
  /** null: for every channel. */
  readonly channelId: number | null
  /** Where the price comes from, in words for the operator. */
  readonly source: string
  /** UTC; 0 for a price that holds since the model's launch. */
  readonly effectiveFromMs: number
  readonly standard: Rates
  /** Charged where `usage.speed` is `fast`. */
  readonly fast: Rates | null
  /** Charged for the whole message where its prompt, cache included, exceeds `overTokens`. */
  readonly longPrompt: LongPrompt | null
  readonly webSearchNanoUsdPer1000: number
}

/** A price in the database. */
export interface StoredPrice extends PriceRow {
  readonly id: number
  readonly createdAtMs: number
  readonly updatedAtMs: number
}

/** The model of the row that stands in where nothing else is known. */
export const UNKNOWN_MODEL = 'unknown'

export const NANO_PER_USD = 1_000_000_000

export const toNanoUsd = (usd: number): number => Math.round(usd * NANO_PER_USD)
