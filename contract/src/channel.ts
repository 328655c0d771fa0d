/** Channels: the upstream accounts that requests are passed on to. */
import { z } from 'zod'
import {
  baseUrlSchema,
  channelAuthSchema,
  costMultiplierSchema,
  headerNameSchema,
  headerValueSchema,
  providerSchema,
  proxyUrlSchema,
  timeoutMsSchema,
  upstreamKeySchema,
} from './channel-fields.ts'
import { idParams, idSchema, listOf, modelPatternsSchema, nameSchema, timeMsSchema } from './common.ts'
import { endpoint, nothing } from './endpoint.ts'
import { reasonSchema } from './reason.ts'

/** `limited` and the like are a channel's cooldowns; `open` and `half_open` its breaker. */
export const channelStateSchema = z.object({
  state: z.enum([
    'active',
    'disabled',
    'paused',
    'limited',
    'out_of_credit',
    'credential_refused',
    'model_missing',
    'overloaded',
    'unreachable',
    'open',
    'half_open',
  ]),
  /** In words, for the operator. */
  reason: z.string().nullable(),
  reason_parts: reasonSchema.nullable(),
  until_ms: timeMsSchema.nullable(),
})
export type ChannelState = z.output<typeof channelStateSchema>

export const channelSchema = z.object({
  id: idSchema,
  name: z.string(),
  provider: providerSchema,
  base_url: z.string(),
  /** Where a message request really goes. */
  messages_url: z.string(),
  /** The stored key's outer characters, such as `sk-…9f2a`. */
  api_key_hint: z.string(),
  auth: channelAuthSchema,
  priority: z.number().int(),
  weight: z.number().int(),
  models: z.array(z.string()),
  max_concurrency: z.number().int().nullable(),
  max_requests_per_minute: z.number().int().nullable(),
  connect_timeout_ms: z.number().int().nullable(),
  first_byte_timeout_ms: z.number().int().nullable(),
  idle_timeout_ms: z.number().int().nullable(),
  /** The values are masked: they may be credentials. */
  add_headers: z.record(z.string(), z.string()),
  drop_headers: z.array(z.string()),
  probe_interval_seconds: z.number().int(),
  probe_model: z.string().nullable(),
  probe_daily_usd: z.number(),
  cost_multiplier: z.number(),
  /** The proxy without its password. */
  proxy_url: z.string().nullable(),
  enabled: z.boolean(),
  state: channelStateSchema,
  created_at_ms: timeMsSchema,
  updated_at_ms: timeMsSchema,
})
export type ChannelView = z.output<typeof channelSchema>

const editable = {
  name: nameSchema,
  provider: providerSchema,
  base_url: baseUrlSchema,
  api_key: upstreamKeySchema,
  auth: channelAuthSchema,
  /** A larger priority is tried first. */
  priority: z.number().int().min(-1_000_000).max(1_000_000),
  /** Within one priority: a channel of twice the weight gets twice the sessions. */
  weight: z.number().int().min(1).max(1000),
  /** Requests at once, and a minute, beyond which the channel comes last; null: no limit. */
  max_concurrency: z.number().int().min(1).max(100_000).nullable(),
  max_requests_per_minute: z.number().int().min(1).max(1_000_000).nullable(),
  /** Milliseconds; null: the gateway's own (10 s, 60 s while another channel is left, 300 s). */
  connect_timeout_ms: timeoutMsSchema,
  first_byte_timeout_ms: timeoutMsSchema,
  idle_timeout_ms: timeoutMsSchema,
  /** Set on every request to the channel, over the client's own; a value sent back as it was shown stays. */
  add_headers: z
    .record(headerNameSchema, headerValueSchema)
    .refine((headers) => Object.keys(headers).length <= 50, 'must be at most 50 headers'),
  /** Client headers that the channel does not get. */
  drop_headers: z.array(headerNameSchema).max(50),
  /** Seconds between active probes; 0: none. A probe is a small real request, and is in the books. */
  probe_interval_seconds: z.number().int().min(0).max(86_400),
  /** The model that probes ask for, as the upstream names it. */
  probe_model: z.string().trim().min(1).max(200).nullable(),
  /** What probes may cost a UTC day, in US dollars. */
  probe_daily_usd: z.number().min(0).max(1000),
  /** What the channel charges of the list price: 0.5 is half of it. */
  cost_multiplier: costMultiplierSchema,
  /** The models that this channel serves, as names or prefixes with `*`; empty serves all. */
  models: modelPatternsSchema,
  proxy_url: proxyUrlSchema.nullable(),
  enabled: z.boolean(),
}

export const newChannelSchema = z.object({
  ...editable,
  provider: editable.provider.default('anthropic'),
  auth: editable.auth.default('auto'),
  priority: editable.priority.default(0),
  weight: editable.weight.default(1),
  models: editable.models.default([]),
  max_concurrency: editable.max_concurrency.default(null),
  max_requests_per_minute: editable.max_requests_per_minute.default(null),
  connect_timeout_ms: editable.connect_timeout_ms.default(null),
  first_byte_timeout_ms: editable.first_byte_timeout_ms.default(null),
  idle_timeout_ms: editable.idle_timeout_ms.default(null),
  add_headers: editable.add_headers.default({}),
  drop_headers: editable.drop_headers.default([]),
  probe_interval_seconds: editable.probe_interval_seconds.default(0),
  probe_model: editable.probe_model.default(null),
  probe_daily_usd: editable.probe_daily_usd.default(0.1),
  cost_multiplier: editable.cost_multiplier.default(1),
  proxy_url: editable.proxy_url.default(null),
  enabled: editable.enabled.default(true),
})
export type NewChannel = z.output<typeof newChannelSchema>

/** Fields that are left out keep their value, the key above all. */
export const channelChangeSchema = z.object(editable).partial()
export type ChannelChange = z.output<typeof channelChangeSchema>

/** A larger priority is tried first; channels that are not named keep theirs. */
export const channelOrderSchema = z.object({
  priorities: z
    .array(z.object({ id: idSchema, priority: editable.priority }))
    .min(1)
    .max(1000)
    .refine((all) => new Set(all.map(({ id }) => id)).size === all.length, 'must name each channel once'),
})
export type ChannelPriority = z.output<typeof channelOrderSchema>['priorities'][number]

/** A stored channel by `id`, or an unsaved one by its fields (with `id`, the stored key fills an absent `api_key`). */
export const channelTestSchema = z.object({
  id: idSchema.optional(),
  base_url: baseUrlSchema.optional(),
  api_key: upstreamKeySchema.optional(),
  auth: channelAuthSchema.optional(),
  proxy_url: proxyUrlSchema.nullable().optional(),
  /** The model asked, as the upstream names it. */
  model: z.string().trim().min(1).max(200).default('claude-haiku-4-5'),
})

export const channelTestResultSchema = z.object({
  ok: z.boolean(),
  /** What happened, in one sentence. */
  message: z.string(),
  message_parts: reasonSchema,
  url: z.string(),
  model: z.string(),
  status: z.number().int().nullable(),
  latency_ms: z.number().nonnegative(),
  /** The upstream's own words on failure, the key masked; at most 4,000 characters. */
  upstream_body: z.string().nullable(),
  upstream_request_id: z.string().nullable(),
})
export type ChannelTestResult = z.output<typeof channelTestResultSchema>

const tag = 'Channels'
export const channelEndpoints = {
  list: endpoint({
    method: 'GET',
    path: '/api/channels',
    tag,
    summary: 'All channels, by priority',
    response: listOf(channelSchema),
  }),
  get: endpoint({
    method: 'GET',
    path: '/api/channels/:id',
    tag,
    summary: 'One channel',
    params: idParams,
    response: channelSchema,
  }),
  create: endpoint({
    method: 'POST',
    path: '/api/channels',
    tag,
    summary: 'Add a channel',
    body: newChannelSchema,
    response: channelSchema,
    status: 201,
  }),
  update: endpoint({
    method: 'PUT',
    path: '/api/channels/:id',
    tag,
    summary: 'Change a channel; what is left out stays, its key above all, even where base_url changes',
    params: idParams,
    body: channelChangeSchema,
    response: channelSchema,
  }),
  order: endpoint({
    method: 'PUT',
    path: '/api/channels/order',
    tag,
    summary: 'Give several channels their priorities at once: all of them, or none where one does not exist',
    body: channelOrderSchema,
    response: listOf(channelSchema),
  }),
  remove: endpoint({
    method: 'DELETE',
    path: '/api/channels/:id',
    tag,
    summary: 'Delete a channel and its own mappings',
    params: idParams,
    response: nothing,
    status: 204,
  }),
  activate: endpoint({
    method: 'PUT',
    path: '/api/channels/:id/activate',
    tag,
    summary: 'Let a channel take requests',
    params: idParams,
    response: channelSchema,
  }),
  deactivate: endpoint({
    method: 'PUT',
    path: '/api/channels/:id/deactivate',
    tag,
    summary: 'Take a channel out of every route',
    params: idParams,
    response: channelSchema,
  }),
  test: endpoint({
    method: 'POST',
    path: '/api/channels/test',
    tag,
    summary: 'Send one small real request to a stored or an unsaved channel',
    body: channelTestSchema,
    response: channelTestResultSchema,
  }),
}
