/** Tells those who follow the request log that something was written to it. */

export interface LogArrivals {
  /** How often something was written. */
  readonly count: number
  /** Nothing more will come: whoever follows the log is to end. */
  readonly isOver: boolean
  /** Something was written. */
  announce(): void
  /** Resolves as soon as `count` is past `seen`, at the end, or after `timeoutMs`. */
  next(seen: number, timeoutMs: number): Promise<void>
  close(): Promise<void>
}

export function createLogArrivals(): LogArrivals {
  const waiting = new Set<() => void>()
  let count = 0
  let isOver = false
  const wakeAll = () => {
    for (const wake of waiting) wake()
  }
  return {
    get count() {
      return count
    },
    get isOver() {
      return isOver
    },
    announce() {
      count += 1
      wakeAll()
    },
    async next(seen, timeoutMs) {
      if (count !== seen || isOver) return
      const { promise, resolve } = Promise.withResolvers<void>()
      const timer = setTimeout(resolve, timeoutMs)
      waiting.add(resolve)
      await promise
      clearTimeout(timer)
      waiting.delete(resolve)
    },
    async close() {
      isOver = true
      wakeAll()
    },
  }
}
