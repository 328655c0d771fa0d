/**
 * The end of a turn of the event loop, when every socket that had something to be read has been read. What is written
 * then, to upstreams and to clients, is written together with all that this turn has to write: the process that reads it
 * is woken once, by the first of many, and to wake it costs more than all else of a small write. Nothing waits for it
 * longer than for the turn.
 */

export interface AtTurnEnd {
  atTurnEnd(): void
}

let waiting: AtTurnEnd[] = []

/** In the order in which they asked for it; who asks at a turn's end is told at the end of the next. */
export function whenTurnEnds(one: AtTurnEnd): void {
  if (waiting.push(one) === 1) setImmediate(endTurn)
}

function endTurn(): void {
  const all = waiting
  waiting = []
  for (const one of all) one.atTurnEnd()
}

let coming: Promise<void> | null = null

/** One promise for all that wait in the same turn. */
export function endOfTurn(): Promise<void> {
  coming ??= new Promise((resolve) => {
    const atTurnEnd = () => {
      coming = null
      resolve()
    }
    whenTurnEnds({ atTurnEnd })
  })
  return coming
}
