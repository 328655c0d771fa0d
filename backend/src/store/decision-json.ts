/**
 * A request's decision as JSON text, its values by their place, since every row of the log holds one. Written by this
 * version or another one, and so read with care.
 */
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

/** These places are stored: new values come last. Most candidates are an id and nothing else. */
export const writeDecision = ({ session, warmChannelId, candidates, leftOut }: Decision): string =>
  JSON.stringify([
    session,
    warmChannelId,
    candidates.map(({ id, last }) => (last === undefined ? id : [id, last])),
    leftOut.map(({ id, reason, untilMs }) => [id, reason, untilMs]),
  ])

const packedSchema = z
  .tuple([
    z.unknown(),
    z.unknown(),
    z.array(z.union([idSchema, z.tuple([idSchema, z.string()])])),
    z.array(z.tuple([idSchema, z.string(), z.number().nullable()])),
  ])
  .transform(([session, warmChannelId, candidates, leftOut]) => ({
    session,
    warmChannelId,
    candidates: candidates.map((candidate) => {
      if (typeof candidate === 'number') return { id: candidate }
      const [id, last] = candidate
      return { id, last }
    }),
    leftOut: leftOut.map(([id, reason, untilMs]) => ({ id, reason, ...(untilMs !== null && { untilMs }) })),
  }))

/** null where the text is no decision that this version understands. */
export function readDecision(json: string): Decision | null {
  try {
    const stored: unknown = JSON.parse(json)
    // Older versions wrote it with its names.
    const named = Array.isArray(stored) ? packedSchema.parse(stored) : stored
    return decisionSchema.parse(named)
  } catch {
    return null
  }
}
