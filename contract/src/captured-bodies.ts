/** What was asked and answered in one request, where the key's operator wants it kept. */
import { z } from 'zod'
import { idParams, timeMsSchema } from './common.ts'
import { endpoint, nothing } from './endpoint.ts'

const bodySchema = z.object({
  text: z
    .string()
    .describe('Known forms of credentials are masked, and base64 data is replaced by its size.'),
  bytes: z.number().int().nonnegative().describe('Of the whole body, as it came.'),
  cut: z.boolean().describe('Whether the text ends before the body did.'),
})

export const capturedBodiesSchema = z.object({
  request_id: z.string(),
  at_ms: timeMsSchema,
  expires_at_ms: timeMsSchema.describe('When they are deleted.'),
  request: bodySchema.describe('As the client sent it.'),
  response: bodySchema.describe('As it was relayed to the client.'),
})
export type CapturedBodiesView = z.output<typeof capturedBodiesSchema>

const tag = 'Statistics'
const path = '/api/stats/logs/:id/bodies'
export const capturedBodiesEndpoints = {
  read: endpoint({
    method: 'GET',
    path,
    tag,
    summary: 'What was asked and answered, where its key keeps bodies; every reading is audited',
    params: idParams,
    response: capturedBodiesSchema,
  }),
  remove: endpoint({
    method: 'DELETE',
    path,
    tag,
    summary: 'Delete the bodies that are kept of one request; its entry in the log stays',
    params: idParams,
    response: nothing,
    status: 204,
  }),
}
