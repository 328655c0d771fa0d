/** The wall clock of a test, which can be moved ahead: hours of cooldown pass in no time. Timers run on as ever. */
import { vi } from 'vitest'

export interface MovableClock {
  /** From here on, it is so much later. */
  skip(milliseconds: number): void
}

/** To be called before the gateway starts, which takes `Date.now` with it. */
export function moveClock(): MovableClock {
  const real = Date.now
  let aheadMs = 0
  vi.spyOn(Date, 'now').mockImplementation(() => real() + aheadMs)
  return {
    skip(milliseconds) {
      aheadMs += milliseconds
    },
  }
}
