/**
 * A moment by which something has to have come, as it nearly always has. Node keeps a list for each length of time that a
 * timer waits, and a place for each list in a heap: a timer that is alone with its length, as that of a request mostly is,
 * has both made and taken down. One look at all that wait, every so often, costs each of them next to nothing.
 */

/** So late may a deadline be told, and never early. */
const LOOK_EVERY_MS = 25

const waiting: Deadline[] = []
let looking: NodeJS.Timeout | null = null

export class Deadline {
  readonly #atMs: number
  readonly #onReached: () => void
  /** Among those that wait. */
  #place: number

  /** @param ms from now. @param onReached told once, unless the deadline is lifted before. */
  constructor(ms: number, onReached: () => void) {
    this.#atMs = performance.now() + ms
    this.#onReached = onReached
    this.#place = waiting.push(this) - 1
    looking ??= setInterval(lookAtAll, LOOK_EVERY_MS)
  }

  /** It holds no longer. Does nothing where it was lifted or reached already. */
  lift(): void {
    if (!this.#isWaiting) return
    const last = waiting.pop()
    if (last === undefined || last === this) return
    waiting[this.#place] = last
    last.#place = this.#place
  }

  tellIfReached(nowMs: number): void {
    if (nowMs < this.#atMs || !this.#isWaiting) return
    this.lift()
    this.#onReached()
  }

  get #isWaiting(): boolean {
    return waiting[this.#place] === this
  }
}

function lookAtAll(): void {
  if (waiting.length === 0 && looking !== null) {
    clearInterval(looking)
    looking = null
  }
  const nowMs = performance.now()
  // A copy: whoever is told may lift others, or set new ones.
  for (const deadline of [...waiting]) deadline.tellIfReached(nowMs)
}
