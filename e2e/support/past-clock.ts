/** Lets a gateway of this process live through weeks in a moment. */

export interface PastClock {
  /** From here on the wall clock shows this time, and goes on from it. Timers and durations stay as they are. */
  setTo(epochMs: number): void
  /** The wall clock is the machine's again. */
  comeBack(): void
}

/** Replaces `Date.now` for good: to be called before the gateway starts, which takes it along. */
export function bendClock(): PastClock {
  const real = Date.now
  let offsetMs = 0
  Date.now = () => real() + offsetMs
  return {
    setTo(epochMs) {
      offsetMs = epochMs - real()
    },
    comeBack() {
      offsetMs = 0
    },
  }
}
