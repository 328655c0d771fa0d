/** Whether a client is still there for its answer, and who is to hear at once when it leaves. */

/**
 * One for every request, and so no AbortSignal, which takes as long as reading the request's headers. At most one is at
 * work with a request at a time, and that one listens.
 */
export class Presence {
  hasLeft = false
  #listener: (() => void) | null = null

  /** Told once, unless the client has left already. Takes the place of whoever listened before; null: nobody listens. */
  listen(listener: (() => void) | null): void {
    this.#listener = listener
  }

  leave(): void {
    if (this.hasLeft) return
    this.hasLeft = true
    this.#listener?.()
  }
}
