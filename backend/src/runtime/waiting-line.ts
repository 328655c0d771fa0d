/** Who waits for room, key by key, first come first served: for a bounded time, in bounded numbers. */
import type { Presence } from './presence.ts'

/** How one wait can end. */
interface Wait<Result> {
  /** What it comes to now; null where it has to wait on. */
  attempt(): Result | null
  /** What it comes to when the time is over, or nobody more may wait. */
  onTimeout(): Result
  /** What it comes to when nobody waits for it any more. */
  onGone(): Result
}

interface Waiter<Result> extends Wait<Result> {
  end(result: Result): void
}

export class WaitingLine<Result> {
  readonly #waitMs: number
  readonly #waitingMax: number
  readonly #waiting = new Map<number, Waiter<Result>[]>()

  /** @param waitingMax of one key. */
  constructor({ waitMs, waitingMax }: { waitMs: number; waitingMax: number }) {
    this.#waitMs = waitMs
    this.#waitingMax = waitingMax
  }

  /** Resolves with the first result there is; never rejects. */
  wait(keyId: number, client: Presence, wait: Wait<Result>): Promise<Result> {
    const line = this.#waiting.get(keyId) ?? []
    if (client.hasLeft) return Promise.resolve(wait.onGone())
    if (line.length >= this.#waitingMax) return Promise.resolve(wait.onTimeout())
    this.#waiting.set(keyId, line)
    const { promise, resolve } = Promise.withResolvers<Result>()
    const leave = () => waiter.end(wait.onGone())
    const timer = setTimeout(() => waiter.end(wait.onTimeout()), this.#waitMs)
    client.listen(leave)
    const waiter: Waiter<Result> = {
      ...wait,
      end: (result) => {
        clearTimeout(timer)
        client.listen(null)
        this.#remove(keyId, waiter)
        resolve(result)
      },
    }
    line.push(waiter)
    return promise
  }

  #remove(keyId: number, waiter: Waiter<Result>): void {
    const line = this.#waiting.get(keyId)
    const place = line?.indexOf(waiter) ?? -1
    if (place !== -1) line?.splice(place, 1)
    if (line?.length === 0) this.#waiting.delete(keyId)
  }

  /** There may be room now: each line moves up until its first has to wait on. */
  advance(): void {
    if (this.#waiting.size === 0) return
    for (const line of [...this.#waiting.values()]) {
      for (let first = line[0]; first !== undefined; first = line[0]) {
        const result = first.attempt()
        if (result === null) break
        first.end(result)
      }
    }
  }
}
