/** A channel's health as JSON text: written by this version or another one, and so read with care. */
import { z } from 'zod'
import type { Breaker } from '../domain/breaker.ts'
import type { ChannelHealth } from '../domain/channel-health.ts'
import { COOLDOWN_KINDS } from './reason-codes.ts'
import { packReason, unpackReason } from './reason-json.ts'

const count = z.number().int().nonnegative()
const moment = z.number()

const breakerSchema: z.ZodType<Breaker> = z.discriminatedUnion('state', [
  z.object({
    state: z.literal('closed'),
    epoch: count,
    consecutive: count,
    slices: z.array(z.object({ slot: z.number().int(), ok: count, failed: count })),
  }),
  z.object({ state: z.literal('open'), epoch: count, sinceMs: moment, untilMs: moment, openMs: moment }),
  z.object({
    state: z.literal('half_open'),
    epoch: count,
    sinceMs: moment,
    openMs: moment,
    successes: count,
    // Whoever held the lease did not outlive the process: contract rule D9.
    isLeased: z.boolean().transform(() => false),
  }),
])

const cooldownSchema = z.object({
  model: z.string().nullable(),
  kind: z.enum(COOLDOWN_KINDS),
  reason: z.unknown().transform(unpackReason),
  sinceMs: moment,
  untilMs: moment,
  isSoft: z.boolean(),
})

const healthSchema: z.ZodType<ChannelHealth> = z.object({
  breaker: breakerSchema,
  cooldowns: z.array(cooldownSchema),
  overloads: count,
})

export function writeHealth(health: ChannelHealth): string {
  const cooldowns = health.cooldowns.map(({ reason, ...cooldown }) => ({
    ...cooldown,
    reason: typeof reason === 'string' ? reason : packReason(reason),
  }))
  return JSON.stringify({ ...health, cooldowns })
}

/** undefined where the text is no health that this version understands. */
export function readHealth(json: string): ChannelHealth | undefined {
  try {
    return healthSchema.safeParse(JSON.parse(json)).data
  } catch {
    return undefined
  }
}
