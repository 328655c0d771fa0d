/** Where a request would go now, without sending anything. */
import { z } from 'zod'
import { idSchema, timeMsSchema } from './common.ts'
import { endpoint } from './endpoint.ts'
import { reasonSchema } from './reason.ts'

export const routeExplanationSchema = z.object({
  model: z.string(),
  /** In the order in which they would be tried. */
  candidates: z.array(
    z.object({
      channel_id: z.number().int(),
      channel_name: z.string(),
      priority: z.number().int(),
      weight: z.number().int(),
      upstream_model: z.string(),
      is_warm: z.boolean(),
      /** Why it would be asked only when no other is left; null where it would not. */
      last: z.string().nullable(),
      words: z.string(),
    }),
  ),
  left_out: z.array(
    z.object({
      channel_id: z.number().int(),
      channel_name: z.string(),
      reason: z.string(),
      until_ms: timeMsSchema.nullable(),
      words: z.string(),
    }),
  ),
  /** What the client would be told at once; null where there is a candidate. */
  refusal: z
    .object({
      code: z.string(),
      status: z.number().int(),
      message: z.string(),
      message_parts: reasonSchema,
    })
    .nullable(),
})

export const routeEndpoints = {
  explain: endpoint({
    method: 'POST',
    path: '/api/routes/explain',
    tag: 'Channels',
    summary:
      'Where a request for a model would go now; with edited priorities, or a channel switched off or on',
    body: z.object({
      model: z.string().trim().min(1).max(200),
      key_id: idSchema.optional(),
      session_id: z.string().trim().min(1).max(300).optional(),
      overrides: z
        .array(
          z.object({
            channel_id: idSchema,
            priority: z.number().int().optional(),
            weight: z.number().int().min(1).max(1000).optional(),
            enabled: z.boolean().optional(),
          }),
        )
        .max(200)
        .default([]),
    }),
    response: routeExplanationSchema,
  }),
}
