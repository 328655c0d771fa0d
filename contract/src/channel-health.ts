/** A channel's condition: since when, until when, why, and what changed lately. */
import { z } from 'zod'
import { channelStateSchema } from './channel.ts'
import { idParams, timeMsSchema } from './common.ts'
import { endpoint } from './endpoint.ts'
import { reasonSchema } from './reason.ts'

export const cooldownSchema = z.object({
  /** The upstream model it holds for; null for the whole channel. */
  model: z.string().nullable(),
  kind: z.string(),
  reason: z.string(),
  /** The same by code and values; null where an older version noted it. */
  reason_parts: reasonSchema.nullable(),
  since_ms: timeMsSchema,
  until_ms: timeMsSchema,
  /** A soft one moves the channel to the end of every route; a hard one takes it out. */
  is_soft: z.boolean(),
})

export const healthChangeSchema = z.object({
  at_ms: timeMsSchema,
  /** A breaker state (`breaker_open`, …), the kind of a cooldown, `recovered`, `paused` or `cleared`. */
  event: z.string(),
  reason: z.string().nullable(),
  reason_parts: reasonSchema.nullable(),
  until_ms: timeMsSchema.nullable(),
})

export const channelHealthSchema = channelStateSchema.extend({
  channel_id: z.number().int(),
  since_ms: timeMsSchema.nullable(),
  breaker: z.object({
    state: z.enum(['closed', 'open', 'half_open']),
    since_ms: timeMsSchema.nullable(),
    until_ms: timeMsSchema.nullable(),
    consecutive_failures: z.number().int(),
  }),
  cooldowns: z.array(cooldownSchema),
  requests_in_flight: z.number().int(),
  /** Newest first. */
  timeline: z.array(healthChangeSchema),
})
export type ChannelHealthView = z.output<typeof channelHealthSchema>

const tag = 'Channels'
export const channelHealthEndpoints = {
  read: endpoint({
    method: 'GET',
    path: '/api/channels/:id/health',
    tag,
    summary: 'The state of a channel, why, until when, and its timeline',
    params: idParams,
    response: channelHealthSchema,
  }),
  clear: endpoint({
    method: 'PUT',
    path: '/api/channels/:id/clear',
    tag,
    summary: 'Forget the cooldowns and the breaker of a channel',
    params: idParams,
    response: channelHealthSchema,
  }),
  pause: endpoint({
    method: 'PUT',
    path: '/api/channels/:id/pause',
    tag,
    summary: 'Take a channel out of every route for a while',
    params: idParams,
    body: z.object({ minutes: z.number().min(1).max(525_600).default(30) }),
    response: channelHealthSchema,
  }),
}
