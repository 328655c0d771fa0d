/** The calls that are under way, so that a stop can wait for them. */

export interface DrainableCalls {
  readonly size: number
  add(call: Promise<void>): void
  /** Resolves when none is under way, or after `timeoutMs`; true when none was left. */
  drained(timeoutMs: number): Promise<boolean>
}

export function createDrainableCalls(): DrainableCalls {
  const underWay = new Set<Promise<void>>()
  return {
    get size() {
      return underWay.size
    },
    add(call) {
      underWay.add(call)
      void call.finally(() => underWay.delete(call))
    },
    async drained(timeoutMs) {
      const deadline = performance.now() + timeoutMs
      while (underWay.size > 0 && performance.now() < deadline) {
        await Promise.race([Promise.all(underWay), delay(Math.min(250, deadline - performance.now()))])
      }
      return underWay.size === 0
    },
  }
}

const delay = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds))
