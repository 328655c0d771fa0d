/** Counts what happened in the last minute, in slices of five seconds. */

const SLICE_MS = 5000
const SLICES = 12

export class RequestRate {
  readonly #counts = new Array<number>(SLICES).fill(0)
  readonly #slots = new Array<number>(SLICES).fill(-1)

  add(atMs: number): void {
    const slot = Math.floor(atMs / SLICE_MS)
    const index = slot % SLICES
    if (this.#slots[index] !== slot) {
      this.#slots[index] = slot
      this.#counts[index] = 0
    }
    this.#counts[index] = (this.#counts[index] ?? 0) + 1
  }

  inLastMinute(nowMs: number): number {
    const oldest = Math.floor(nowMs / SLICE_MS) - SLICES
    return this.#counts.reduce(
      (sum, count, index) => ((this.#slots[index] ?? -1) > oldest ? sum + count : sum),
      0,
    )
  }
}
