/**
 * What is spent and set aside of every budget. A settled request stands either in the database or among the journal's
 * unwritten records, and what is spent is always the sum of both: none is counted twice, none is lost in between.
 */
import type { TagBudget } from '../domain/budget.ts'
import type { GatewayKey } from '../domain/gateway-key.ts'
import type { RequestRecord } from '../domain/request-record.ts'
import type { SpendingQuestion } from '../store/spending.ts'
import { Account } from './budget-account.ts'

/** The part of the journal that a reading needs. */
interface UnwrittenRecords {
  /** Runs while nothing is being written. */
  whileIdle<Result>(work: () => Promise<Result>): Promise<Result>
  unwritten(): readonly Pick<RequestRecord, 'keyId' | 'startedAtMs' | 'costNanoUsd'>[]
}

export interface LedgerSources {
  readonly now: () => number
  readonly journal: UnwrittenRecords
  /** What stands in the database, for each question, in nano-dollars. */
  read(questions: readonly SpendingQuestion[], nowMs: number): Promise<readonly number[]>
}

/** What a request has set aside of each budget that it counts against. */
export interface Reservation {
  readonly accounts: readonly Account[]
  readonly nanoUsd: number
}

const NO_ACCOUNTS: readonly Account[] = []

export class BudgetLedger {
  readonly #sources: LedgerSources
  #accounts = new Map<string, Account>()
  #ofKey = new Map<number, Account[]>()
  #reading: Promise<void> = Promise.resolve()

  constructor(sources: LedgerSources) {
    this.#sources = sources
  }

  get isEmpty(): boolean {
    return this.#accounts.size === 0
  }

  /** The budgets in force. One that goes on keeps what is spent and set aside; a new one is right after `refresh`. */
  configure(keys: readonly GatewayKey[], tagBudgets: readonly TagBudget[]): void {
    const before = this.#accounts
    this.#accounts = new Map()
    this.#ofKey = new Map()
    const nowMs = this.#sources.now()
    for (const key of keys) {
      for (const { period, limitNanoUsd } of key.budgets) {
        const terms = { period, limitNanoUsd, timeZone: key.timeZone, tag: null }
        this.#open(Account.next(before, `key ${key.id}`, terms, nowMs), [key.id])
      }
    }
    for (const budget of tagBudgets) {
      const members = keys.filter(({ tags }) => tags.includes(budget.tag)).map(({ id }) => id)
      this.#open(Account.next(before, `tag ${budget.tag}`, budget, nowMs), members)
    }
  }

  #open(account: Account, keyIds: readonly number[]): void {
    account.keyIds = new Set(keyIds)
    this.#accounts.set(account.name, account)
    for (const id of keyIds) {
      const accounts = this.#ofKey.get(id)
      if (accounts) accounts.push(account)
      else this.#ofKey.set(id, [account])
    }
  }

  /** The budgets that a key's requests count against, each in its current period; its own first. */
  of(keyId: number): readonly Account[] {
    const accounts = this.#ofKey.get(keyId) ?? NO_ACCOUNTS
    if (accounts.length > 0) this.#turn(accounts)
    return accounts
  }

  /** The budget of a tag; undefined where there is none of this period. */
  ofTag({ tag, period, timeZone }: Pick<TagBudget, 'tag' | 'period' | 'timeZone'>): Account | undefined {
    const account = this.#accounts.get(Account.nameOf(`tag ${tag}`, { period, timeZone }))
    if (account) this.#turn([account])
    return account
  }

  #turn(accounts: readonly Account[]): void {
    const nowMs = this.#sources.now()
    for (const account of accounts) account.turnTo(nowMs)
  }

  reserve(accounts: readonly Account[], nanoUsd: number): Reservation {
    for (const account of accounts) account.reservedNanoUsd += nanoUsd
    return { accounts, nanoUsd }
  }

  /** Gives back what was set aside, whatever became of the budgets meanwhile. */
  release({ accounts, nanoUsd }: Reservation): void {
    for (const account of accounts) account.reservedNanoUsd -= nanoUsd
  }

  /** Counts a request. To be called in the same turn in which the journal takes its record. */
  spend(keyId: number, startedAtMs: number, nanoUsd: number): void {
    for (const account of this.of(keyId)) account.spend(startedAtMs, nanoUsd)
  }

  /** Reads anew what is spent, by every process that shares the database. Rejects when it cannot be read. */
  refresh(): Promise<void> {
    this.#reading = this.#reading.catch(() => undefined).then(() => this.#read())
    return this.#reading
  }

  async #read(): Promise<void> {
    if (this.isEmpty) return
    const { journal, now, read } = this.#sources
    await journal.whileIdle(async () => {
      const accounts = [...this.#accounts.values()]
      this.#turn(accounts)
      const spans = accounts.map(({ span }) => span)
      const questions = accounts.map(({ keyIds, span }) => ({ keyIds: [...keyIds], sinceMs: span.startMs }))
      const stored = await read(questions, now())
      // From here on nothing is awaited: what is unwritten now is what the reading has not seen.
      const unwritten = journal.unwritten()
      for (const [index, account] of accounts.entries()) {
        // A period that ended meanwhile was not asked for.
        if (account.span === spans[index]) account.settle(stored[index] ?? 0, unwritten)
      }
    })
  }
}
