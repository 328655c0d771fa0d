/**
 * The attempts of a request as JSON: what the contract shows of them, and with what they spent all that a new price needs.
 * Their number, then each with its values by their place, since every row of the log holds one: `[1,[7,"first",…]]`.
 */
import { isReasonCode, partsOf, type Reason, type Told } from '@claude-gateway/contract/reason.ts'
import { inEnglish } from '@claude-gateway/contract/reason-english.ts'
import { type AttemptView, attemptSchema } from '@claude-gateway/contract/request-log.ts'
import { z } from 'zod'
import type { AttemptRecord, AttemptSpending } from '../domain/request-record.ts'
import { NO_ATTEMPTS } from './attempts-count.ts'
import { boundedText, whole } from './columns.ts'
import { type PackedReason, packReason, unpackReason } from './reason-json.ts'
import { type UsageColumns, usageColumns, usageOf } from './usage-columns.ts'

export const writeAttempts = (attempts: readonly AttemptRecord[]): string =>
  attempts.length === 0 ? NO_ATTEMPTS : JSON.stringify([attempts.length, ...attempts.map(packed)])

/** These places are stored: new values come last. */
function packed(attempt: AttemptRecord): unknown[] {
  const values: unknown[] = [
    attempt.channel_id,
    attempt.channel_name,
    attempt.upstream_model,
    attempt.started_after_ms,
    attempt.duration_ms,
    attempt.status,
    attempt.result,
    attempt.upstream_request_id,
    reasonJson(attempt.reason, attempt.result),
  ]
  if (attempt.spent) values.push(spendingJson(attempt.spent))
  return values
}

/** The attempts with their names, as older versions wrote them. */
function named(json: string): unknown {
  const stored: unknown = JSON.parse(json)
  if (!Array.isArray(stored) || typeof stored[0] !== 'number') return stored
  return stored.slice(1).map((attempt: unknown) => {
    if (!Array.isArray(attempt)) return attempt
    const [channel_id, channel_name, upstream_model, started_after_ms, duration_ms, ...rest] = attempt
    const [status, result, upstream_request_id, reason, spent] = rest
    const when = { started_after_ms, duration_ms }
    return {
      channel_id,
      channel_name,
      upstream_model,
      ...when,
      status,
      result,
      upstream_request_id,
      reason,
      spent,
    }
  })
}

/** The result is what a reason begins with, and is not stored again. */
function reasonJson(why: Told | null, result: string): PackedReason | string | null {
  if (why === null || typeof why === 'string') return why
  const inner = beginsWith(why, result) ? why.values['why'] : why
  return packReason(typeof inner === 'object' ? inner : why)
}

/** Text is what an older version stored. */
function reasonOf(stored: unknown, result: string): Told | null {
  if (stored === null || stored === undefined) return null
  const why = unpackReason(stored)
  const isWhole = typeof why === 'string' || why.code === result || beginsWith(why, result)
  return isWhole || !isReasonCode(result)
    ? why
    : { code: 'because', values: { what: { code: result, values: {} }, why } }
}

function beginsWith({ code, values }: Reason, result: string): boolean {
  return code === 'because' && typeof values['what'] === 'object' && values['what'].code === result
}

function spendingJson({ model, usage, costNanoUsd }: AttemptSpending) {
  const { usage_details, ...counts } = usageColumns(usage)
  return {
    model: boundedText(model, 200),
    cost_nano_usd: whole(costNanoUsd),
    usage: counts,
    details: usage_details,
    estimated: usage.estimated === true,
  }
}

/** What it spent is absent from attempts of older versions, and where only the last one spent anything. */
const storedAttemptSchema = attemptSchema.omit({ reason_parts: true }).extend({
  reason: z.unknown(),
  spent: attemptSchema.shape.spent
    .unwrap()
    .extend({ details: z.string().nullable(), estimated: z.boolean() })
    .transform(({ model, cost_nano_usd, usage, details, estimated }): AttemptSpending => {
      const columns: UsageColumns = { ...usage, usage_details: details }
      const known = usageOf(columns)
      return { model, costNanoUsd: cost_nano_usd, usage: estimated ? { ...known, estimated } : known }
    })
    .optional(),
})

const storedAttemptsSchema = z.array(
  storedAttemptSchema.transform((attempt) => ({
    ...attempt,
    reason: reasonOf(attempt.reason, attempt.result),
  })),
)

const attemptViewsSchema = z.array(
  attemptSchema
    .omit({ reason_parts: true })
    .extend({ reason: z.unknown() })
    .transform((attempt): AttemptView => {
      const why = reasonOf(attempt.reason, attempt.result)
      return { ...attempt, reason: why === null ? null : inEnglish(why), reason_parts: partsOf(why) }
    }),
)

/** As the contract shows them. Throws a ZodError where it is no such list. */
export const readAttemptViews = (json: string): AttemptView[] => attemptViewsSchema.parse(named(json))

/** Throws a ZodError where it is no such list. */
export const readAttempts = (json: string): z.output<typeof storedAttemptsSchema> =>
  storedAttemptsSchema.parse(named(json))
