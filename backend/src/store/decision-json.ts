/** A request's decision as JSON text: written by this version or another one, and so read with care. */
import { z } from 'zod'
import type { Decision } from '../domain/decision.ts'
import { LAST_REASONS, LEFT_OUT_REASONS } from './reason-codes.ts'

const idSchema = z.number().int()

const decisionSchema = z.object({
  session: z.enum(['header', 'metadata', 'prompt']).nullable(),
  warmChannelId: idSchema.nullable(),
  candidates: z.array(z.object({ id: idSchema, last: z.enum(LAST_REASONS).exactOptional() })),
  leftOut: z.array(
    z.object({ id: idSchema, reason: z.enum(LEFT_OUT_REASONS), untilMs: z.number().exactOptional() }),
  ),
}) satisfies z.ZodType<Decision>

export const writeDecision = (decision: Decision): string => JSON.stringify(decision)

/** null where the text is no decision that this version understands. */
export function readDecision(json: string): Decision | null {
  try {
    return decisionSchema.safeParse(JSON.parse(json)).data ?? null
  } catch {
    return null
  }
}
