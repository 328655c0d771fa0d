/** What keys have spent since a moment, read from the sums by hour, day and month. */
import { slicesOf, type UsageSlice, wholeHour } from '../domain/usage-slices.ts'
import type { Db } from './database.ts'

export interface SpendingQuestion {
  readonly keyIds: readonly number[]
  /** Requests count that began at this moment or later. */
  readonly sinceMs: number
}

/** Nano-dollars by key, of those keys that spent anything. */
type SpentByKey = ReadonlyMap<number, number>

/** @returns for each question, in nano-dollars, what its keys have spent together. */
export async function readSpending(
  db: Db,
  questions: readonly SpendingQuestion[],
  nowMs: number,
): Promise<number[]> {
  const answers = new Map<number, SpentByKey>()
  for (const [sinceMs, asked] of Map.groupBy(questions, (question) => question.sinceMs)) {
    const keyIds = [...new Set(asked.flatMap((question) => question.keyIds))]
    answers.set(sinceMs, await spentSince(db, sinceMs, { keyIds, nowMs }))
  }
  return questions.map(({ keyIds, sinceMs }) =>
    keyIds.reduce((sum, id) => sum + (answers.get(sinceMs)?.get(id) ?? 0), 0),
  )
}

/** Well below both engines' limits of parameters. */
const KEYS_PER_STATEMENT = 5000

async function spentSince(
  db: Db,
  sinceMs: number,
  { keyIds, nowMs }: { keyIds: readonly number[]; nowMs: number },
): Promise<SpentByKey> {
  const slices = slicesOf(sinceMs, afterNextMonth(nowMs))
  const spent = new Map<number, number>()
  for (let start = 0; start < keyIds.length; start += KEYS_PER_STATEMENT) {
    const ids = keyIds.slice(start, start + KEYS_PER_STATEMENT)
    const rows = [...(await fromSums(db, ids, slices)), ...(await fromBrokenHour(db, ids, sinceMs))]
    for (const { key_id, spent: nanoUsd } of rows) {
      if (key_id !== null) spent.set(key_id, (spent.get(key_id) ?? 0) + nanoUsd)
    }
  }
  return spent
}

/** So that the month which is not over yet is read as one. */
function afterNextMonth(nowMs: number): number {
  const now = new Date(nowMs)
  return Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 2)
}

function fromSums(db: Db, keyIds: readonly number[], slices: readonly UsageSlice[]) {
  return db
    .selectFrom('usage_sums')
    .select(({ fn }) => ['key_id', fn.sum<number>('cost_nano_usd').as('spent')])
    .where('grain', '=', 'key')
    .where('key_id', 'in', keyIds)
    .where(({ eb, or, and }) =>
      or(
        slices.map(({ span, fromMs, toMs }) =>
          and([eb('span', '=', span), eb('start_ms', '>=', fromMs), eb('start_ms', '<', toMs)]),
        ),
      ),
    )
    .groupBy('key_id')
    .execute()
}

/** Days of some zones begin within an hour of UTC: what is left of that hour is in the log alone. */
function fromBrokenHour(db: Db, keyIds: readonly number[], sinceMs: number) {
  const untilMs = wholeHour(sinceMs)
  if (untilMs === sinceMs) return []
  return db
    .selectFrom('request_logs')
    .select(({ fn }) => ['key_id', fn.sum<number>('cost_nano_usd').as('spent')])
    .where('key_id', 'in', keyIds)
    .where('started_at_ms', '>=', sinceMs)
    .where('started_at_ms', '<', untilMs)
    .groupBy('key_id')
    .execute()
}
