/** The table `captured_bodies`: what was asked and answered, for keys whose operator wants it kept. Sealed, and for a time. */
import type { CapturedBodies } from '../domain/captured-bodies.ts'
import { toFlag } from './columns.ts'
import type { Db } from './database.ts'
import { violationOf } from './dialect.ts'
import type { Secrets } from './secrets.ts'

const contextOf = (requestId: string, part: 'request' | 'response'): string => `body:${requestId}:${part}`

/** False where the key has been deleted in the meantime, or the request's are stored already: nothing is kept then. */
export async function saveCapturedBodies(db: Db, secrets: Secrets, bodies: CapturedBodies): Promise<boolean> {
  const { requestId, keyId, request, response } = bodies
  try {
    const { numInsertedOrUpdatedRows } = await db
      .insertInto('captured_bodies')
      .values({
        request_id: requestId,
        key_id: keyId,
        at_ms: Math.round(bodies.atMs),
        expires_at_ms: Math.round(bodies.expiresAtMs),
        request: secrets.seal(request.text, contextOf(requestId, 'request')),
        response: secrets.seal(response.text, contextOf(requestId, 'response')),
        request_bytes: request.bytes,
        response_bytes: response.bytes,
        request_cut: toFlag(request.isCut),
        response_cut: toFlag(response.isCut),
      })
      .onConflict((conflict) => conflict.column('request_id').doNothing())
      .executeTakeFirst()
    return (numInsertedOrUpdatedRows ?? 0n) > 0n
  } catch (error) {
    if (violationOf(error) === 'foreign_key') return false
    throw error
  }
}

const requestIdOf = (db: Db, logId: number) =>
  db.selectFrom('request_logs').select('request_id').where('id', '=', logId)

interface Asked {
  /** Of the entry in the request log. */
  readonly logId: number
  readonly nowMs: number
}

const keptFor = (db: Db, { logId, nowMs }: Asked) =>
  db
    .selectFrom('captured_bodies')
    .where('request_id', '=', requestIdOf(db, logId))
    .where('expires_at_ms', '>', nowMs)

export const hasCapturedBodies = async (db: Db, asked: Asked): Promise<boolean> =>
  (await keptFor(db, asked).select('request_id').executeTakeFirst()) !== undefined

/** Of an entry of the request log; undefined when none are kept. What has expired is not answered, deleted yet or not. */
export async function findCapturedBodies(
  db: Db,
  secrets: Secrets,
  asked: Asked,
): Promise<CapturedBodies | undefined> {
  const row = await keptFor(db, asked).selectAll().executeTakeFirst()
  if (row === undefined) return undefined
  const requestId = row.request_id
  const textOf = (part: 'request' | 'response') => secrets.open(row[part], contextOf(requestId, part))
  return {
    requestId,
    keyId: row.key_id,
    atMs: row.at_ms,
    expiresAtMs: row.expires_at_ms,
    request: { text: textOf('request'), bytes: row.request_bytes, isCut: row.request_cut === 1 },
    response: { text: textOf('response'), bytes: row.response_bytes, isCut: row.response_cut === 1 },
  }
}

/** False when there were none. */
export async function deleteCapturedBodies(db: Db, logId: number): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('captured_bodies')
    .where('request_id', '=', requestIdOf(db, logId))
    .executeTakeFirst()
  return numDeletedRows > 0n
}

/** Deletes at most `limit` that have expired; returns how many it were. */
export async function deleteExpiredBodies(db: Db, nowMs: number, limit: number): Promise<number> {
  const expired = db
    .selectFrom('captured_bodies')
    .select('request_id')
    .where('expires_at_ms', '<=', nowMs)
    .orderBy('expires_at_ms')
    .limit(limit)
  const { numDeletedRows } = await db
    .deleteFrom('captured_bodies')
    .where('request_id', 'in', expired)
    .executeTakeFirst()
  return Number(numDeletedRows)
}
