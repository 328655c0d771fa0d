/** One budget at work: what is spent of it in the current period, and what is set aside for requests under way. */
import type { BudgetPeriod, BudgetUse } from '@claude-gateway/contract/budget.ts'
import { periodOf, type Span } from '../domain/budget.ts'
import type { BudgetStanding } from '../domain/budget-standing.ts'
import { NANO_PER_USD } from '../domain/price.ts'
import type { RequestRecord } from '../domain/request-record.ts'

export interface AccountTerms {
  readonly period: BudgetPeriod
  readonly limitNanoUsd: number
  readonly timeZone: string
  /** Whose budget it is; null for a key's own. */
  readonly tag: string | null
}

export class Account {
  readonly name: string
  readonly period: BudgetPeriod
  readonly timeZone: string
  readonly tag: string | null
  limitNanoUsd: number
  span: Span
  spentNanoUsd = 0
  reservedNanoUsd = 0
  keyIds: ReadonlySet<number> = new Set()

  constructor(name: string, { period, limitNanoUsd, timeZone, tag }: AccountTerms, nowMs: number) {
    this.name = name
    this.period = period
    this.timeZone = timeZone
    this.tag = tag
    this.limitNanoUsd = limitNanoUsd
    this.span = periodOf(period, timeZone, nowMs)
  }

  /** Another period, or another calendar, is another account; another limit is not. */
  static nameOf(owner: string, { period, timeZone }: Pick<AccountTerms, 'period' | 'timeZone'>): string {
    return `${owner} ${period} ${timeZone}`
  }

  /** The account that goes on under new terms, or one that begins. */
  static next(
    known: ReadonlyMap<string, Account>,
    owner: string,
    terms: AccountTerms,
    nowMs: number,
  ): Account {
    const name = Account.nameOf(owner, terms)
    const account = known.get(name) ?? new Account(name, terms, nowMs)
    account.limitNanoUsd = terms.limitNanoUsd
    return account
  }

  get isExhausted(): boolean {
    return this.spentNanoUsd >= this.limitNanoUsd
  }

  /** Whether only what is set aside fills it. */
  get isReserved(): boolean {
    return this.spentNanoUsd + this.reservedNanoUsd >= this.limitNanoUsd
  }

  /** Begins anew where the period has ended. */
  turnTo(nowMs: number): void {
    if (this.span.endMs === null || nowMs < this.span.endMs) return
    this.span = periodOf(this.period, this.timeZone, nowMs)
    this.spentNanoUsd = 0
  }

  /** A request counts in the period in which it began. */
  spend(startedAtMs: number, nanoUsd: number): void {
    if (startedAtMs >= this.span.startMs) this.spentNanoUsd += nanoUsd
  }

  /** What is spent: what the database has, and what is on its way there. */
  settle(
    storedNanoUsd: number,
    unwritten: readonly Pick<RequestRecord, 'keyId' | 'startedAtMs' | 'costNanoUsd'>[],
  ): void {
    this.spentNanoUsd = storedNanoUsd
    for (const { keyId, startedAtMs, costNanoUsd } of unwritten) {
      if (keyId !== null && this.keyIds.has(keyId)) this.spend(startedAtMs, costNanoUsd)
    }
  }

  get standing(): BudgetStanding {
    const { period, timeZone, limitNanoUsd, spentNanoUsd, span } = this
    const isShared = this.tag !== null
    return { period, timeZone, isShared, limitNanoUsd, spentNanoUsd, resetsAtMs: span.endMs }
  }

  get use(): BudgetUse {
    return {
      tag: this.tag,
      period: this.period,
      limit_usd: this.limitNanoUsd / NANO_PER_USD,
      spent_usd: this.spentNanoUsd / NANO_PER_USD,
      resets_at_ms: this.span.endMs,
    }
  }
}
