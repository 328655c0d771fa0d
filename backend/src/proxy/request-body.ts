/** The body of a request in the pieces in which it arrived: a copy of a megabyte costs more than all that is read of it. */

export class RequestBody {
  /** In bytes, of all pieces together. */
  readonly length: number
  #pieces: readonly Buffer[]
  #whole: Buffer | null = null

  constructor(pieces: readonly Buffer[]) {
    this.#pieces = pieces
    this.length = pieces.reduce((sum, { length }) => sum + length, 0)
  }

  get pieces(): readonly Buffer[] {
    return this.#pieces
  }

  /**
   * Nobody will ask for its bytes again, though its length is still told: an answer may take many minutes, and a thousand
   * of them are on their way at once. What is still being sent of it stays with whoever sends it.
   */
  letGo(): void {
    this.#pieces = []
    this.#whole = null
  }

  /** In one buffer; a copy, where it came in several. */
  whole(): Buffer {
    const [first] = this.pieces
    this.#whole ??= first !== undefined && this.pieces.length === 1 ? first : Buffer.concat(this.pieces)
    return this.#whole
  }

  /** As it is sent: one buffer, or several one after the other. */
  asSent(): Buffer | readonly Buffer[] {
    return this.pieces.length > 1 ? this.pieces : this.whole()
  }

  /** As it is sent with other bytes in place of those from `start` to `end`. */
  sentWith(start: number, end: number, replacement: Buffer): readonly Buffer[] {
    return [...this.#between(0, start), replacement, ...this.#between(end, this.length)]
  }

  /** The bytes from `start` to `end`, shared with the pieces that they stand in. */
  #between(start: number, end: number): Buffer[] {
    const found: Buffer[] = []
    let at = 0
    for (const piece of this.pieces) {
      const part = piece.subarray(Math.max(0, start - at), Math.max(0, end - at))
      if (part.length > 0) found.push(part)
      at += piece.length
    }
    return found
  }
}
