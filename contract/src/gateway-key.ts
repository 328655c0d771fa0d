/** Gateway keys: the credentials that clients present to us. */
import { z } from 'zod'
import { idParams, idSchema, listOf, modelPatternsSchema, nameSchema, timeMsSchema } from './common.ts'
import { endpoint, nothing } from './endpoint.ts'

export const gatewayKeySchema = z.object({
  id: idSchema,
  name: z.string(),
  /** The kept prefix and end, such as `gk-Xa81…9f2a`. */
  key_hint: z.string(),
  enabled: z.boolean(),
  /** The models it may ask for, as names or prefixes with `*`; empty allows all. */
  models: z.array(z.string()),
  created_at_ms: timeMsSchema,
  updated_at_ms: timeMsSchema,
})
export type GatewayKeyView = z.output<typeof gatewayKeySchema>

const editable = { name: nameSchema, models: modelPatternsSchema, enabled: z.boolean() }
export const newGatewayKeySchema = z.object({
  ...editable,
  models: editable.models.default([]),
  enabled: editable.enabled.default(true),
})
export type NewGatewayKey = z.output<typeof newGatewayKeySchema>
export const gatewayKeyChangeSchema = z.object(editable).partial()
export type GatewayKeyChange = z.output<typeof gatewayKeyChangeSchema>

/** The secret `key` is answered once, here, and never again. */
export const createdGatewayKeySchema = gatewayKeySchema.extend({ key: z.string() })

const tag = 'Keys'
export const gatewayKeyEndpoints = {
  list: endpoint({
    method: 'GET',
    path: '/api/keys',
    tag,
    summary: 'All gateway keys',
    response: listOf(gatewayKeySchema),
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
