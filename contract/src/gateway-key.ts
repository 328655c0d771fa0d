/** Gateway keys: the credentials that clients present to us, and what each of them may do. */
import { z } from 'zod'
import { budgetSchema, budgetsSchema, budgetUseSchema, keyTagSchema } from './budget.ts'
import {
  idParams,
  idSchema,
  listOf,
  modelPatternsSchema,
  nameSchema,
  timeMsSchema,
  timeZoneSchema,
} from './common.ts'
import { endpoint, nothing } from './endpoint.ts'

const addressSchema = z
  .string()
  .trim()
  .max(64, 'must be at most 64 characters')
  .refine(
    (text) => [z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()].some((form) => form.safeParse(text).success),
    'must be an IP address, or a network such as 10.0.0.0/8 or 2001:db8::/32',
  )

/** Whether, and for how long, the bodies of this key's requests are kept. */
export const captureSchema = z.object({
  /** Of each body; more is cut off. */
  max_bytes: z.number().int().min(1).max(8_388_608),
  retention_days: z.number().int().min(1).max(3650),
})
export type Capture = z.output<typeof captureSchema>

/** What a key has used of its limits, as this process knows it. */
export const keyUseSchema = z.object({
  /** Its own budgets, then those of its tags. */
  budgets: z.array(budgetUseSchema),
  requests_last_minute: z.number().int().nonnegative(),
  tokens_last_minute: z.number().int().nonnegative(),
  in_flight: z.number().int().nonnegative(),
})
export type KeyUse = z.output<typeof keyUseSchema>

export const gatewayKeySchema = z.object({
  id: idSchema,
  name: z.string(),
  /** The kept prefix and end, such as `gk-Xa81…9f2a`. */
  key_hint: z.string(),
  enabled: z.boolean(),
  /** The models it may ask for, as names or prefixes with `*`; empty allows all. */
  models: z.array(z.string()),
  /** null: as many as come. The same for the next two. */
  requests_per_minute: z.number().int().nullable(),
  /** Tokens of every kind, cache reads included. */
  tokens_per_minute: z.number().int().nullable(),
  /** Requests under way at once. */
  max_concurrency: z.number().int().nullable(),
  budgets: z.array(budgetSchema),
  /** Whose calendar the budgets follow. */
  time_zone: z.string(),
  expires_at_ms: timeMsSchema.nullable(),
  /** Days from the first use. */
  expires_after_days: z.number().int().nullable(),
  /** The earlier of the two; null while it has no end, or its days have not begun. */
  valid_until_ms: timeMsSchema.nullable(),
  first_used_at_ms: timeMsSchema.nullable(),
  /** To within some seconds. */
  last_used_at_ms: timeMsSchema.nullable(),
  /** Addresses and networks from which it may be used; empty allows all. */
  allowed_addresses: z.array(z.string()),
  tags: z.array(z.string()),
  capture: captureSchema.nullable(),
  /** Whether the header `x-gateway-channel` may name the one channel that a request is tried on. */
  may_choose_channel: z.boolean(),
  /** Until when the secret before the last rotation still works; null where none does. */
  previous_key_until_ms: timeMsSchema.nullable(),
  use: keyUseSchema,
  created_at_ms: timeMsSchema,
  updated_at_ms: timeMsSchema,
})
export type GatewayKeyView = z.output<typeof gatewayKeySchema>

const countSchema = (most: number) =>
  z
    .number()
    .int()
    .min(1, 'must be at least 1, or null for no limit')
    .max(most, `must be at most ${most.toLocaleString('en')}`)
    .nullable()

const editable = {
  name: nameSchema,
  models: modelPatternsSchema,
  enabled: z.boolean(),
  requests_per_minute: countSchema(1_000_000),
  tokens_per_minute: countSchema(1_000_000_000),
  max_concurrency: countSchema(100_000),
  budgets: budgetsSchema,
  time_zone: timeZoneSchema,
  expires_at_ms: timeMsSchema.nullable(),
  expires_after_days: countSchema(36_500),
  allowed_addresses: z.array(addressSchema).max(100, 'must be at most 100 addresses'),
  tags: z.array(keyTagSchema).max(20, 'must be at most 20 tags'),
  capture: captureSchema.nullable(),
  may_choose_channel: z
    .boolean()
    .describe('Whether the header x-gateway-channel may name the one channel that a request is tried on.'),
}
export const newGatewayKeySchema = z.object({
  ...editable,
  models: editable.models.default([]),
  enabled: editable.enabled.default(true),
  requests_per_minute: editable.requests_per_minute.default(null),
  tokens_per_minute: editable.tokens_per_minute.default(null),
  max_concurrency: editable.max_concurrency.default(null),
  budgets: editable.budgets.default([]),
  time_zone: editable.time_zone.optional().describe('Left out: the setting time_zone.'),
  expires_at_ms: editable.expires_at_ms.default(null),
  expires_after_days: editable.expires_after_days.default(null),
  allowed_addresses: editable.allowed_addresses.default([]),
  tags: editable.tags.default([]),
  capture: editable.capture.default(null),
  may_choose_channel: editable.may_choose_channel.default(false),
})
export type NewGatewayKey = z.output<typeof newGatewayKeySchema>
export const gatewayKeyChangeSchema = z.object(editable).partial()
export type GatewayKeyChange = z.output<typeof gatewayKeyChangeSchema>

/** The secret `key` is answered once, here, and never again. */
export const createdGatewayKeySchema = gatewayKeySchema.extend({ key: z.string() })

const OVERLAP_MAX_SECONDS = 30 * 86_400
/** For how long the old secret goes on working; 0 ends it at once. */
export const rotationSchema = z.object({
  overlap_seconds: z.number().int().min(0).max(OVERLAP_MAX_SECONDS, 'must be at most 30 days').default(0),
})

const tag = 'Keys'
export const gatewayKeyEndpoints = {
  list: endpoint({
    method: 'GET',
    path: '/api/keys',
    tag,
    summary: 'All gateway keys, with their limits and what is used of them',
    response: listOf(gatewayKeySchema),
  }),
  get: endpoint({
    method: 'GET',
    path: '/api/keys/:id',
    tag,
    summary: 'One gateway key, with its limits and what is used of them',
    params: idParams,
    response: gatewayKeySchema,
  }),
  create: endpoint({
    method: 'POST',
    path: '/api/keys',
    tag,
    summary: 'Make a gateway key; its secret is answered once',
    body: newGatewayKeySchema,
    response: createdGatewayKeySchema,
    status: 201,
  }),
  update: endpoint({
    method: 'PUT',
    path: '/api/keys/:id',
    tag,
    summary: 'Rename, restrict, enable or disable a key',
    params: idParams,
    body: gatewayKeyChangeSchema,
    response: gatewayKeySchema,
  }),
  rotate: endpoint({
    method: 'POST',
    path: '/api/keys/:id/rotate',
    tag,
    summary: 'Give a key a new secret, answered once; the old one works on for a while',
    params: idParams,
    body: rotationSchema,
    response: createdGatewayKeySchema,
  }),
  remove: endpoint({
    method: 'DELETE',
    path: '/api/keys/:id',
    tag,
    summary: 'Delete a key; its log stays',
    params: idParams,
    response: nothing,
    status: 204,
  }),
}
