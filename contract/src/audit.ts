/** The audit log: who changed what, when and from where. */
import { z } from 'zod'
import { idSchema, momentSchema, timeMsSchema } from './common.ts'
import { endpoint } from './endpoint.ts'

export const auditEventSchema = z.object({
  id: idSchema,
  at_ms: timeMsSchema,
  actor: z
    .string()
    .describe('An operator’s name; (token) for the admin token, (none) where there is no sign-in.'),
  action: z.string().describe('What was done, such as `channel created`.'),
  subject: z.string().nullable().describe('To what, such as `channel 7`.'),
  details: z.record(z.string(), z.unknown()).describe('More about it; never a secret.'),
  client_address: z.string().nullable(),
})
export type AuditEventView = z.output<typeof auditEventSchema>

export const auditFilterSchema = z.object({
  actor: z.string().trim().min(1).max(200).optional(),
  action: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .optional()
    .describe('How the action begins: `channel` finds `channel created` too.'),
  from: momentSchema.optional(),
  to: momentSchema.optional(),
})
export type AuditFilter = z.output<typeof auditFilterSchema>

export const auditEndpoints = {
  list: endpoint({
    method: 'GET',
    path: '/api/audit',
    tag: 'System',
    summary: 'Who changed what, newest first',
    query: auditFilterSchema.extend({
      limit: z.coerce.number().int().min(1).max(500).default(50),
      cursor: z
        .string()
        .regex(/^\d{1,18}$/, 'must be the next_cursor of an earlier answer')
        .optional(),
    }),
    response: z.object({ data: z.array(auditEventSchema), next_cursor: z.string().nullable() }),
  }),
}
