/** One clock for all streams of a pace, which gives each a moment of its own within the interval. */

/** Called when an event is due. @returns whether more are to come. */
export type OnDue = () => boolean

/**
 * Streams take the milliseconds of the interval in turn, and keep theirs: however many were opened at once, or came late
 * together, a thousand of them stay spread evenly. A timer of each would cost as much as to write its event.
 */
export class Pace {
  readonly #slots: Waiting[][]
  #taken = 0
  /** The last millisecond whose streams have been served. */
  #servedMs = 0
  #timer: NodeJS.Timeout | null = null
  #streams = 0

  constructor(everyMs: number) {
    this.#slots = Array.from({ length: everyMs }, () => [])
  }

  /** The first event is due after at least one interval, before the end of the second. */
  add(onDue: OnDue): void {
    this.#slots[this.#taken++ % this.#slots.length]?.push({ onDue, hasBegun: false })
    this.#streams++
    if (this.#timer !== null) return
    this.#servedMs = Math.floor(performance.now())
    this.#timer = setInterval(() => this.#serve(), 1)
  }

  #serve(): void {
    const now = Math.floor(performance.now())
    while (this.#servedMs < now) {
      const slot = ++this.#servedMs % this.#slots.length
      const streams = this.#slots[slot] ?? []
      const left = streams.filter(isLeft)
      this.#streams -= streams.length - left.length
      if (left.length < streams.length) this.#slots[slot] = left
    }
    if (this.#streams > 0 || this.#timer === null) return
    clearInterval(this.#timer)
    this.#timer = null
  }
}

interface Waiting {
  readonly onDue: OnDue
  hasBegun: boolean
}

function isLeft(stream: Waiting): boolean {
  if (stream.hasBegun) return stream.onDue()
  stream.hasBegun = true
  return true
}
