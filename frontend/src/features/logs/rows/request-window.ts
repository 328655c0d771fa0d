/**
 * The request log as one long list of which only the rows near the reader are held: pages are fetched by cursor as one
 * comes near them, let go of as one leaves, and fetched again on the way back. New requests come in at the top.
 */
import type { LiveRequests, RequestLogView } from '@claude-gateway/contract/request-log.ts'

/** Rows older than `before`, newest first; without one, the newest. */
export type FetchRows = (
  page: { before: number | null; limit: number },
  signal: AbortSignal,
) => Promise<{ rows: readonly RequestLogView[]; hasMore: boolean }>

interface Page {
  /** Its rows are those below this id, so that it can be fetched again however the log has grown. */
  readonly before: number
  readonly size: number
  readonly rows: readonly RequestLogView[] | null
}

export interface WindowView {
  /** Rows that are known of, held or not. */
  readonly count: number
  readonly status: 'loading' | 'ready'
  /** Why the last fetch failed; null when it did not. */
  readonly failure: unknown
  readonly hasMore: boolean
  /** Requests that wait while the list is held still. */
  readonly waiting: number
  /** Whether more than `waiting` do. */
  readonly manyWaiting: boolean
}

export const PAGE_ROWS = 100
/** Pages on each side of the reader that are held. */
const HELD_PAGES = 8
/** Begins to fetch older rows so many rows before they are needed. */
const AHEAD_ROWS = 60
/** Beyond this, those that wait are only counted as many. */
const WAITING_MAX = 200

const EMPTY: WindowView = {
  count: 0,
  status: 'loading',
  failure: null,
  hasMore: true,
  waiting: 0,
  manyWaiting: false,
}

export class RequestWindow {
  readonly #fetch: FetchRows
  readonly #listeners = new Set<() => void>()
  #pages: Page[] = []
  /** Where each page begins, and after the last the count of all rows. */
  #starts: number[] = [0]
  #waiting: RequestLogView[] = []
  #view = EMPTY
  #isHeld = false
  #range = { from: 0, to: 0 }
  #life = new AbortController()
  #fetching = new Set<number | null>()

  constructor(fetch: FetchRows) {
    this.#fetch = fetch
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  readonly view = (): WindowView => this.#view

  /** Id of the newest request that has been seen; 0 for none. */
  get newestId(): number {
    return this.#waiting[0]?.id ?? (this.#pages[0]?.before ?? 1) - 1
  }

  /** undefined while it is on its way. */
  rowAt(index: number): RequestLogView | undefined {
    const at = this.#pageAt(index)
    return this.#pages[at]?.rows?.[index - (this.#starts[at] ?? 0)]
  }

  /** -1 for one that is not held. */
  indexOf(id: number): number {
    const at = this.#pages.findLastIndex(({ before }) => id < before)
    const within = this.#pages[at]?.rows?.findIndex((row) => row.id === id) ?? -1
    return within < 0 ? -1 : (this.#starts[at] ?? 0) + within
  }

  /** Lets go of everything and begins with the newest. */
  reset(): void {
    this.close()
    this.#life = new AbortController()
    this.#pages = []
    this.#waiting = []
    this.#range = { from: 0, to: 0 }
    this.#change(EMPTY)
    this.#fetchOlder()
  }

  close(): void {
    this.#life.abort()
    this.#fetching.clear()
  }

  /** The rows that the reader sees. */
  show(from: number, to: number): void {
    this.#range = { from, to }
    const [first, last] = [this.#pageAt(from), this.#pageAt(to)]
    for (let at = first; at <= last; at++) if (this.#pages[at]?.rows === null) void this.#fetchAgain(at)
    if (this.#view.hasMore && to >= this.#view.count - AHEAD_ROWS) this.#fetchOlder()
  }

  /** Tries again what failed. */
  retry(): void {
    this.#change({ failure: null })
    if (this.#pages.length === 0) this.#fetchOlder()
    else this.show(this.#range.from, this.#range.to)
  }

  /** Holds the list still: what comes waits. */
  hold(isHeld: boolean): void {
    this.#isHeld = isHeld
    if (!isHeld) this.release()
  }

  /** New requests: shown, or kept waiting while the list is held still. */
  arrive({ data, skipped }: LiveRequests): void {
    const known = new Set([...this.#waiting, ...(this.#pages[0]?.rows ?? [])].map(({ id }) => id))
    const fresh = data.filter(({ id }) => !known.has(id) && id > this.newestId - WAITING_MAX)
    if (fresh.length === 0 || this.#view.status === 'loading') return
    const waiting = [...fresh, ...this.#waiting].sort((a, b) => b.id - a.id)
    const isMany = skipped || this.#view.manyWaiting || waiting.length > WAITING_MAX
    this.#waiting = waiting.slice(0, WAITING_MAX)
    this.#change({ waiting: this.#waiting.length, manyWaiting: isMany })
    if (!this.#isHeld) this.release()
  }

  /** Shows what waits. */
  release(): void {
    if (this.#view.manyWaiting) {
      this.reset()
      return
    }
    const [newest] = this.#waiting
    if (newest === undefined) return
    const [head, ...older] = this.#pages
    const rows = [...this.#waiting]
    this.#waiting = []
    // A small first page grows; otherwise a new one begins before it.
    const grows = head !== undefined && head.rows !== null && head.size < PAGE_ROWS
    const all = grows ? [...rows, ...(head.rows ?? [])].sort((a, b) => b.id - a.id) : rows
    const page = { before: newest.id + 1, size: all.length, rows: all }
    this.#setPages(grows ? [page, ...older] : [page, ...this.#pages], { waiting: 0 })
  }

  #pageAt(index: number): number {
    const after = this.#starts.findIndex((start) => start > index)
    return after < 0 ? this.#pages.length - 1 : after - 1
  }

  #fetchOlder(): void {
    const last = this.#pages.at(-1)
    const before = last === undefined ? null : oldestOf(last)
    // The rows before it are on their way again, and the cursor with them.
    if (last !== undefined && before === null) return
    void this.#fetchPage(before, PAGE_ROWS, ({ rows, hasMore }) => {
      const [first] = rows
      const page = first && { before: before ?? first.id + 1, size: rows.length, rows }
      this.#setPages(page ? [...this.#pages, page] : this.#pages, { hasMore, status: 'ready' })
    })
  }

  #fetchAgain(at: number): Promise<void> {
    const { before = 0, size = 0 } = this.#pages[at] ?? {}
    return this.#fetchPage(before, size, ({ rows }) => {
      this.#setPages(
        this.#pages.map((page) => (page.before === before ? { before, size: rows.length, rows } : page)),
      )
    })
  }

  async #fetchPage(
    before: number | null,
    limit: number,
    take: (got: Awaited<ReturnType<FetchRows>>) => void,
  ): Promise<void> {
    if (this.#fetching.has(before) || this.#view.failure !== null) return
    const { signal } = this.#life
    this.#fetching.add(before)
    try {
      const got = await this.#fetch({ before, limit }, signal)
      if (!signal.aborted) take(got)
    } catch (failure) {
      if (!signal.aborted) this.#change({ failure })
    } finally {
      if (!signal.aborted) this.#fetching.delete(before)
    }
  }

  #setPages(pages: readonly Page[], change: Partial<WindowView> = {}): void {
    const at = this.#pageAt(this.#range.from)
    this.#pages = pages.map((page, index) =>
      Math.abs(index - at) > HELD_PAGES && index < pages.length - 1 ? { ...page, rows: null } : page,
    )
    this.#starts = [0]
    for (const { size } of this.#pages) this.#starts.push((this.#starts.at(-1) ?? 0) + size)
    this.#change({ ...change, count: this.#starts.at(-1) ?? 0 })
  }

  #change(change: Partial<WindowView>): void {
    this.#view = { ...this.#view, ...change }
    for (const listener of this.#listeners) listener()
  }
}

const oldestOf = ({ rows }: Page): number | null => rows?.at(-1)?.id ?? null
