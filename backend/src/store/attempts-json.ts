/** The attempts of a request as JSON: what the contract shows of them, and with what they spent all that a new price needs. */
import { attemptSchema } from '@claude-gateway/contract/request-log.ts'
import { z } from 'zod'
import type { AttemptRecord, AttemptSpending } from '../domain/request-record.ts'
import { boundedText, whole } from './columns.ts'
import { type UsageColumns, usageColumns, usageOf } from './usage-columns.ts'

export const writeAttempts = (attempts: readonly AttemptRecord[]): string =>
  JSON.stringify(
    attempts.map(({ spent, ...attempt }) => ({ ...attempt, ...(spent && { spent: spendingJson(spent) }) })),
  )

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
const storedAttemptSchema = attemptSchema.extend({
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

const storedAttemptsSchema = z.array(storedAttemptSchema)

/** Throws a ZodError where it is no such list. */
export const readAttempts = (json: string): z.output<typeof storedAttemptsSchema> =>
  storedAttemptsSchema.parse(JSON.parse(json))
