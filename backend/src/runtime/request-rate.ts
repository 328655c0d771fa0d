/** Counts what happened in the last minute, or how much of it, in slices of five seconds. */

const SLICE_MS = 5000
const SLICES = 12

export class RequestRate {
  readonly #counts = new Array<number>(SLICES).fill(0)
  readonly #slots = new Array<number>(SLICES).fill(-1)

  /** @param amount may be negative, to take back some of what was added at that time; of what is past, nothing. */
  add(atMs: number, amount = 1): void {
    const slot = Math.floor(atMs / SLICE_MS)
    const index = slot % SLICES
    const held = this.#slots[index] ?? -1
    if (held > slot || (amount < 0 && held !== slot)) return
    if (held !== slot) {
      this.#slots[index] = slot
      this.#counts[index] = 0
    }
    this.#counts[index] = (this.#counts[index] ?? 0) + amount
  }

  inLastMinute(nowMs: number): number {
    const oldest = Math.floor(nowMs / SLICE_MS) - SLICES
    let sum = 0
    for (let index = 0; index < SLICES; index++) {
      if ((this.#slots[index] ?? -1) > oldest) sum += this.#counts[index] ?? 0
    }
    return sum
  }

  /** Milliseconds until the count, if nothing more comes, is below `limit`, which is positive; 0 where it is. */
  msUntilBelow(limit: number, nowMs: number): number {
    let left = this.inLastMinute(nowMs)
    if (left < limit) return 0
    const oldest = Math.floor(nowMs / SLICE_MS) - SLICES
    for (let slot = oldest + 1; slot <= oldest + SLICES; slot++) {
      const index = slot % SLICES
      if (this.#slots[index] === slot) left -= this.#counts[index] ?? 0
      if (left < limit) return (slot + SLICES) * SLICE_MS - nowMs
    }
    return SLICES * SLICE_MS
  }
}
