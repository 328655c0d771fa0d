/** Re-pricing: the costs of past requests, computed anew by the prices of today. */
import { z } from 'zod'
import { timeMsSchema } from './common.ts'

export const repricingRequestSchema = z
  .object({
    /** Requests that began in this time: from the first moment on, up to but without the second. */
    from_ms: timeMsSchema,
    to_ms: timeMsSchema,
    /** Only those of this channel. */
    channel_id: z.number().int().positive().optional(),
    /** Only those that asked for this model, or for which an upstream was asked for it. */
    model: z.string().trim().min(1).max(200).optional(),
    /** Of a preview: applies it, if nothing has changed since. */
    revision: z.number().int().nonnegative().optional(),
  })
  .refine(({ from_ms, to_ms }) => from_ms < to_ms, { path: ['to_ms'], error: 'must be later than from_ms' })
export type RepricingRequest = z.output<typeof repricingRequestSchema>

const difference = {
  rows_changed: z.number().int(),
  /** Nano-dollars: what these requests cost so far, and what they cost by the prices of today. */
  old_nano_usd: z.number().int(),
  new_nano_usd: z.number().int(),
}

export const repricingSchema = z.object({
  /** False for a preview. */
  applied: z.boolean(),
  /** The configuration that this was computed with. */
  revision: z.number().int(),
  /** Requests of the range that were charged. */
  rows: z.number().int(),
  ...difference,
  /** Left alone and not part of the sums: written by a version that did not store enough. */
  rows_too_old: z.number().int(),
  /** Left alone and not part of the sums: what a deleted channel charged is not known any more. */
  rows_of_deleted_channels: z.number().int(),
  /** By the model that was charged, the largest difference first. */
  models: z.array(z.object({ model: z.string(), rows: z.number().int(), ...difference })),
  /** The same in words. */
  explanation: z.string(),
})
export type Repricing = z.output<typeof repricingSchema>
