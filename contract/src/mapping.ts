/** Model mappings: what clients ask for, and what the upstream is asked for instead. */
import { z } from 'zod'
import { idParams, idSchema, listOf, modelPatternSchema, timeMsSchema } from './common.ts'
import { endpoint, nothing } from './endpoint.ts'

export const mappingSchema = z.object({
  id: idSchema,
  /** null: for every channel. */
  channel_id: idSchema.nullable(),
  channel_name: z.string().nullable(),
  display_model: z.string(),
  upstream_model: z.string(),
  created_at_ms: timeMsSchema,
  updated_at_ms: timeMsSchema,
})
export type MappingView = z.output<typeof mappingSchema>

const upstreamModelSchema = z
  .string()
  .trim()
  .min(1, 'must not be empty')
  .max(200, 'must be at most 200 characters')
  .regex(/^[^\s*]+$/, 'must be one model name, without spaces or *')

const editable = {
  channel_id: z.number().int().positive().nullable(),
  display_model: modelPatternSchema,
  upstream_model: upstreamModelSchema,
}
export const newMappingSchema = z.object({ ...editable, channel_id: editable.channel_id.default(null) })
export type NewMapping = z.output<typeof newMappingSchema>
export const mappingChangeSchema = z.object(editable).partial()
export type MappingChange = z.output<typeof mappingChangeSchema>

const tag = 'Mappings'
export const mappingEndpoints = {
  list: endpoint({
    method: 'GET',
    path: '/api/mappings',
    tag,
    summary: 'All mappings, or those of one channel',
    query: z.object({ channel_id: idSchema.optional() }),
    response: listOf(mappingSchema),
  }),
  create: endpoint({
    method: 'POST',
    path: '/api/mappings',
    tag,
    summary: 'Add a mapping',
    body: newMappingSchema,
    response: mappingSchema,
    status: 201,
  }),
  update: endpoint({
    method: 'PUT',
    path: '/api/mappings/:id',
    tag,
    summary: 'Change a mapping',
    params: idParams,
    body: mappingChangeSchema,
    response: mappingSchema,
  }),
  remove: endpoint({
    method: 'DELETE',
    path: '/api/mappings/:id',
    tag,
    summary: 'Delete a mapping',
    params: idParams,
    response: nothing,
    status: 204,
  }),
}
