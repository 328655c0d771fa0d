/** Time that passes only when something is due: what would take hours runs in microseconds, always in the same order. */

interface Due {
  readonly atMs: number
  readonly run: () => void
}

export class VirtualClock {
  nowMs: number
  /** The latest first, so that what is due next is at the end. */
  readonly #due: Due[] = []

  constructor(startMs: number) {
    this.nowMs = startMs
  }

  /** What is due at one moment runs in the order in which it was asked for. */
  in(ms: number, run: () => void): void {
    const atMs = this.nowMs + Math.max(0, ms)
    let low = 0
    let high = this.#due.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.#due[middle]?.atMs ?? 0) > atMs) low = middle + 1
      else high = middle
    }
    this.#due.splice(low, 0, { atMs, run })
  }

  /** Runs all that is due up to a moment, and stands there. */
  runUntil(untilMs: number): void {
    for (let next = this.#due.at(-1); next && next.atMs <= untilMs; next = this.#due.at(-1)) {
      this.#due.pop()
      this.nowMs = next.atMs
      next.run()
    }
    this.nowMs = Math.max(this.nowMs, untilMs)
  }

  /** Runs until nothing is due any more. */
  runOut(): void {
    for (let last = this.#due[0]; last; last = this.#due[0]) this.runUntil(last.atMs)
  }
}
