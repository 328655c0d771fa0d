/**
 * Keeps every key within its limits: requests and tokens a minute, requests at once, money. Rates and requests at once
 * are this process's own; money is shared by all that work on one database.
 */
import type { KeyUse } from '@claude-gateway/contract/gateway-key.ts'
import type { TagBudget } from '../domain/budget.ts'
import { type BudgetStanding, fullest, lastToReset } from '../domain/budget-standing.ts'
import type { GatewayKey } from '../domain/gateway-key.ts'
import { BudgetLedger, type LedgerSources, type Reservation } from './budget-ledger.ts'
import type { Presence } from './presence.ts'
import { RequestRate } from './request-rate.ts'
import { WaitingLine } from './waiting-line.ts'

/** What a request holds from its admission until it is settled. */
export interface Admission {
  readonly kind: 'admitted'
  readonly keyId: number
  readonly reservation: Reservation
  readonly estimatedTokens: number
  readonly atMs: number
}

export type Refusal =
  /** A budget is spent. */
  | { readonly kind: 'exhausted'; readonly standing: BudgetStanding }
  /** A rate is reached. */
  | { readonly kind: 'requests' | 'tokens'; readonly limit: number; readonly waitMs: number }
  /** After a wait: as many requests are under way as may be, or they may spend all that is left. */
  | { readonly kind: 'busy' | 'reserved' }
  | { readonly kind: 'gone' }

/** What a request may come to; nothing where its key has no limit that would ask for it. */
export interface SetAside {
  readonly tokens: number
  readonly nanoUsd: number
}

interface Kept {
  readonly requests: RequestRate
  readonly tokens: RequestRate
  inFlight: number
}

export interface WaitLimits {
  /** For how long a request waits for room at most. */
  readonly admissionWaitMs: number
  /** How many requests of one key wait at once. */
  readonly admissionsWaitingMax: number
}

const BUSY: Refusal = { kind: 'busy' }
const RESERVED: Refusal = { kind: 'reserved' }
const GONE: Refusal = { kind: 'gone' }

export class KeyLimits {
  readonly #now: () => number
  readonly #ledger: BudgetLedger
  readonly #kept = new Map<number, Kept>()
  readonly #line: WaitingLine<Admission | Refusal>

  constructor(sources: LedgerSources, { admissionWaitMs, admissionsWaitingMax }: WaitLimits) {
    this.#now = sources.now
    this.#ledger = new BudgetLedger(sources)
    this.#line = new WaitingLine({ waitMs: admissionWaitMs, waitingMax: admissionsWaitingMax })
  }

  /** The configuration in force; `refresh` then reads what is spent of new budgets. */
  configure(keys: readonly GatewayKey[], tagBudgets: readonly TagBudget[]): void {
    this.#ledger.configure(keys, tagBudgets)
    const known = new Set(keys.map(({ id }) => id))
    // One with requests under way is kept until they are settled.
    for (const [id, { inFlight }] of this.#kept) if (!known.has(id) && inFlight === 0) this.#kept.delete(id)
    this.#line.advance()
  }

  /** Reads anew what is spent. Rejects when it cannot be read. */
  async refresh(): Promise<void> {
    await this.#ledger.refresh()
    this.#line.advance()
  }

  /** Before anything of a request is read: whether its key has money and requests left. Counts it where it has. */
  enter({ id, requestsPerMinute }: GatewayKey): Refusal | null {
    const exhausted = this.#exhausted(id)
    if (exhausted !== null) return exhausted
    const { requests } = this.#keptOf(id)
    const nowMs = this.#now()
    if (requestsPerMinute !== null) {
      const waitMs = requests.msUntilBelow(requestsPerMinute, nowMs)
      if (waitMs > 0) return { kind: 'requests', limit: requestsPerMinute, waitMs }
    }
    requests.add(nowMs)
    return null
  }

  #exhausted(keyId: number): Refusal | null {
    const accounts = this.#ledger.of(keyId)
    if (!accounts.some(({ isExhausted }) => isExhausted)) return null
    const standing = lastToReset(accounts.map((account) => account.standing))
    return standing && { kind: 'exhausted', standing }
  }

  /** Whether anything has to be set aside for a key's requests. */
  setsAside({ id, tokensPerMinute }: GatewayKey): boolean {
    return tokensPerMinute !== null || this.#ledger.of(id).length > 0
  }

  /** Admits a request, at once or, where there is no room, in turn; whoever is admitted has to be released. */
  admit(
    key: GatewayKey,
    setAside: SetAside,
    client: Presence,
  ): Admission | Refusal | Promise<Admission | Refusal> {
    // Who waits already goes first; whoever has to wait on then, the newcomer would have to as well.
    this.#line.advance()
    const answer = this.#tryToAdmit(key, setAside)
    return isFull(answer) ? this.#wait(key, setAside, client) : answer
  }

  #wait(key: GatewayKey, setAside: SetAside, client: Presence): Promise<Admission | Refusal> {
    const attempt = () => this.#tryToAdmit(key, setAside)
    return this.#line.wait(key.id, client, {
      attempt: () => settledOr(attempt()),
      onTimeout: attempt,
      onGone: () => GONE,
    })
  }

  /** All of it is asked anew of who has waited: the tokens of those before it may have come in meanwhile. */
  #tryToAdmit(key: GatewayKey, { tokens, nanoUsd }: SetAside): Admission | Refusal {
    const { id, maxConcurrency } = key
    const kept = this.#keptOf(id)
    const accounts = this.#ledger.of(id)
    const refusal = this.#exhausted(id) ?? tokensUsedUp(key, kept.tokens, this.#now())
    if (refusal !== null) return refusal
    if (maxConcurrency !== null && kept.inFlight >= maxConcurrency) return BUSY
    if (accounts.some(({ isReserved }) => isReserved)) return RESERVED
    const atMs = this.#now()
    kept.inFlight++
    if (tokens > 0) kept.tokens.add(atMs, tokens)
    const reservation = this.#ledger.reserve(accounts, nanoUsd)
    return { kind: 'admitted', keyId: id, reservation, estimatedTokens: tokens, atMs }
  }

  /** Counts what a request cost. To be called in the same turn in which the journal takes its record. */
  spend(keyId: number, startedAtMs: number, nanoUsd: number): void {
    this.#ledger.spend(keyId, startedAtMs, nanoUsd)
  }

  /** Gives back what a request held, and lets in who waits. @param tokens what it used. */
  release({ keyId, reservation, estimatedTokens, atMs }: Admission, tokens: number): void {
    const kept = this.#keptOf(keyId)
    kept.inFlight--
    if (estimatedTokens > 0) kept.tokens.add(atMs, -estimatedTokens)
    if (tokens > 0) kept.tokens.add(this.#now(), tokens)
    this.#ledger.release(reservation)
    this.#line.advance()
  }

  /** The fullest of the budgets that a key's requests count against; null where there is none. */
  standingOf(keyId: number): BudgetStanding | null {
    const accounts = this.#ledger.of(keyId)
    return accounts.length === 0 ? null : fullest(accounts.map((account) => account.standing))
  }

  useOf(keyId: number): KeyUse {
    const kept = this.#kept.get(keyId)
    const nowMs = this.#now()
    return {
      budgets: this.#ledger.of(keyId).map(({ use }) => use),
      requests_last_minute: kept?.requests.inLastMinute(nowMs) ?? 0,
      tokens_last_minute: kept?.tokens.inLastMinute(nowMs) ?? 0,
      in_flight: kept?.inFlight ?? 0,
    }
  }

  useOfTag(budget: TagBudget): KeyUse['budgets'][number] | undefined {
    return this.#ledger.ofTag(budget)?.use
  }

  get hasBudgets(): boolean {
    return !this.#ledger.isEmpty
  }

  #keptOf(keyId: number): Kept {
    const known = this.#kept.get(keyId)
    if (known) return known
    const made = { requests: new RequestRate(), tokens: new RequestRate(), inFlight: 0 }
    this.#kept.set(keyId, made)
    return made
  }
}

function tokensUsedUp({ tokensPerMinute }: GatewayKey, used: RequestRate, nowMs: number): Refusal | null {
  if (tokensPerMinute === null) return null
  const waitMs = used.msUntilBelow(tokensPerMinute, nowMs)
  return waitMs > 0 ? { kind: 'tokens', limit: tokensPerMinute, waitMs } : null
}

const isFull = ({ kind }: Admission | Refusal): boolean => kind === 'busy' || kind === 'reserved'

/** Null where the wait goes on. */
const settledOr = (answer: Admission | Refusal): Admission | Refusal | null =>
  isFull(answer) ? null : answer
