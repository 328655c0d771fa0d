/** The limits of keys over a real journal, with a database that is a list and a clock that a test sets. */
import type { TagBudget } from '../../src/domain/budget.ts'
import type { GatewayKey } from '../../src/domain/gateway-key.ts'
import type { RequestRecord } from '../../src/domain/request-record.ts'
import { createJournal } from '../../src/runtime/journal.ts'
import { type Admission, KeyLimits, type Refusal } from '../../src/runtime/key-limits.ts'
import { Presence } from '../../src/runtime/presence.ts'
import { recordOf } from '../store/records.ts'

const QUIET = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }
const PATIENT = { admissionWaitMs: 60_000, admissionsWaitingMax: 100 }

export const NOW = Date.UTC(2026, 10, 22, 12)

export function openHouse(
  keys: readonly GatewayKey[],
  tagBudgets: readonly TagBudget[] = [],
  waits: Partial<typeof PATIENT> = {},
) {
  const clock = { nowMs: NOW }
  const stored: RequestRecord[] = []
  /** Whether the database answers, and how long it takes. */
  const database = { isDown: false, slowMs: 0 }
  const pause = () => new Promise((resolve) => setTimeout(resolve, database.slowMs))
  const journal = createJournal<readonly RequestRecord[]>(
    {
      pack: (records) => records,
      split: (records) => records.map((record) => [record]),
      write: async (packs) => {
        await pause()
        if (database.isDown) throw new Error('the database is down')
        stored.push(...packs.flat())
      },
    },
    QUIET,
  )
  const read = async (questions: readonly { keyIds: readonly number[]; sinceMs: number }[]) => {
    const answers = questions.map(({ keyIds, sinceMs }) =>
      stored
        .filter(({ keyId, startedAtMs }) => keyIds.includes(keyId ?? 0) && startedAtMs >= sinceMs)
        .reduce((sum, { costNanoUsd }) => sum + costNanoUsd, 0),
    )
    // What is answered now was so before: the time on the way.
    await pause()
    return answers
  }
  const limits = new KeyLimits({ now: () => clock.nowMs, journal, read }, { ...PATIENT, ...waits })
  limits.configure(keys, tagBudgets)
  return {
    clock,
    database,
    stored,
    limits,
    /** As a request ends: recorded, counted, released. */
    settle(admission: Admission, costNanoUsd: number, tokens = 0): void {
      const { keyId, atMs: startedAtMs } = admission
      journal.append(recordOf({ keyId, startedAtMs, costNanoUsd }))
      limits.spend(keyId, startedAtMs, costNanoUsd)
      limits.release(admission, tokens)
    },
    close: () => journal.close(),
  }
}

export const STAYS = new Presence()

export function admissionOf(answer: Admission | Refusal): Admission {
  if (answer.kind !== 'admitted') throw new Error(`not admitted: ${answer.kind}`)
  return answer
}

export { Presence }
