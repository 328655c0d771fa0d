/** Channels: the upstream accounts that requests are passed on to. */
import { z } from 'zod'
import { idParams, idSchema, listOf, modelPatternsSchema, nameSchema, timeMsSchema } from './common.ts'
import { endpoint, nothing } from './endpoint.ts'

/** The kind of upstream. Every relay that speaks Anthropic's Messages API is `anthropic`. */
export const providerSchema = z.enum(['anthropic'])

/** Which header carries the channel's key; `auto` decides by the form of the key. Contract rule B5. */
export const channelAuthSchema = z.enum(['auto', 'x_api_key', 'bearer', 'both'])
export type ChannelAuth = z.output<typeof channelAuthSchema>

const httpUrl = (value: string): boolean => {
  const url = URL.parse(value)
  return url !== null && (url.protocol === 'http:' || url.protocol === 'https:') && url.username === ''
}
export const baseUrlSchema = z
  .string()
  .trim()
  .max(2000)
  .refine(httpUrl, 'must be an http(s) URL such as https://api.anthropic.com, without user name or password')

const upstreamKeySchema = z
  .string()
  .trim()
  .min(1, 'must not be empty')
  .max(4000)
  .regex(/^[\x21-\x7e]+$/, 'must be printable ASCII without spaces')

const proxyUrlSchema = z
  .string()
  .trim()
  .max(2000)
  .refine(
    (value) => ['http:', 'https:'].includes(URL.parse(value)?.protocol ?? ''),
    'must be an http(s) proxy URL such as http://127.0.0.1:3128',
  )

export const channelStateSchema = z.object({
  state: z.enum(['active', 'disabled', 'unreachable']),
  /** In words, for the operator. */
  reason: z.string().nullable(),
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
  models: z.array(z.string()),
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
  models: editable.models.default([]),
  proxy_url: editable.proxy_url.default(null),
  enabled: editable.enabled.default(true),
})
export type NewChannel = z.output<typeof newChannelSchema>

/** Fields that are left out keep their value, the key above all. */
export const channelChangeSchema = z.object(editable).partial()
export type ChannelChange = z.output<typeof channelChangeSchema>

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
    summary: 'Change a channel; what is left out stays',
    params: idParams,
    body: channelChangeSchema,
    response: channelSchema,
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
