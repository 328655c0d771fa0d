/** Operators' rules for reading an upstream's failed answers: a relay's own wording, as data. */
import { z } from 'zod'
import { idParams, idSchema, listOf, nameSchema, timeMsSchema } from './common.ts'
import { endpoint, nothing } from './endpoint.ts'
import { reasonSchema } from './reason.ts'

/** What a rule can say that an answer means. */
export const ruleKindSchema = z.enum([
  'request_fault',
  'limited',
  'out_of_credit',
  'credential_refused',
  'model_missing',
  'overloaded',
  'failed',
])

/** A pattern in which a repetition is itself repeated can take forever on a long text. */
const NESTED_REPETITION = /\([^)]*[+*}][^)]*\)[+*{]/

function compiles(pattern: string): boolean {
  try {
    new RegExp(pattern, 'i')
    return true
  } catch {
    return false
  }
}

const statusSchema = z.number().int().min(200).max(599)
const editable = {
  name: nameSchema,
  enabled: z.boolean(),
  /** null: for every channel. */
  channel_id: z.number().int().positive().nullable(),
  status_from: statusSchema,
  status_to: statusSchema,
  match: z.enum(['text', 'regex']),
  /** Looked for in the answer's body, whatever its case; empty matches every body. */
  pattern: z.string().max(500),
  kind: ruleKindSchema,
}

const isSound = (rule: { match?: string | undefined; pattern?: string | undefined }): boolean =>
  rule.match !== 'regex' || rule.pattern === undefined || compiles(rule.pattern)
const isSafe = (rule: { match?: string | undefined; pattern?: string | undefined }): boolean =>
  rule.match !== 'regex' || rule.pattern === undefined || !NESTED_REPETITION.test(rule.pattern)
const isRange = (rule: { status_from: number; status_to: number }): boolean =>
  rule.status_from <= rule.status_to

export const newOutcomeRuleSchema = z
  .object({
    ...editable,
    enabled: editable.enabled.default(true),
    channel_id: editable.channel_id.default(null),
    status_from: editable.status_from.default(400),
    status_to: editable.status_to.default(599),
    match: editable.match.default('text'),
    pattern: editable.pattern.default(''),
  })
  .refine(isSound, { path: ['pattern'], message: 'must be a regular expression' })
  .refine(isSafe, { path: ['pattern'], message: 'must not repeat a repetition, such as (a+)+' })
  .refine(isRange, { path: ['status_to'], message: 'must not be below status_from' })
export type NewOutcomeRule = z.output<typeof newOutcomeRuleSchema>

export const outcomeRuleSchema = z.object({
  ...editable,
  name: z.string(),
  id: idSchema,
  created_at_ms: timeMsSchema,
  updated_at_ms: timeMsSchema,
})
export type OutcomeRuleView = z.output<typeof outcomeRuleSchema>

const tag = 'Channels'
export const outcomeRuleEndpoints = {
  list: endpoint({
    method: 'GET',
    path: '/api/outcome-rules',
    tag,
    summary: 'The rules for reading failed answers; the first that matches decides, before what is built in',
    response: listOf(outcomeRuleSchema),
  }),
  create: endpoint({
    method: 'POST',
    path: '/api/outcome-rules',
    tag,
    summary: 'Add a rule',
    body: newOutcomeRuleSchema,
    response: outcomeRuleSchema,
    status: 201,
  }),
  /** Whole: what is left out gets its default, since the fields of a rule depend on each other. */
  update: endpoint({
    method: 'PUT',
    path: '/api/outcome-rules/:id',
    tag,
    summary: 'Replace a rule',
    params: idParams,
    body: newOutcomeRuleSchema,
    response: outcomeRuleSchema,
  }),
  remove: endpoint({
    method: 'DELETE',
    path: '/api/outcome-rules/:id',
    tag,
    summary: 'Delete a rule',
    params: idParams,
    response: nothing,
    status: 204,
  }),
  test: endpoint({
    method: 'POST',
    path: '/api/outcome-rules/test',
    tag,
    summary: 'What an answer would be taken for, with the stored rules and one that is not stored yet',
    body: z.object({
      status: statusSchema,
      headers: z.record(z.string().max(200), z.string().max(4000)).default({}),
      body: z.string().max(100_000).default(''),
      channel_id: idSchema.optional(),
      rule: newOutcomeRuleSchema.optional(),
    }),
    response: z.object({
      kind: z.string(),
      reason: z.string(),
      reason_parts: reasonSchema.nullable(),
      tries_next_channel: z.boolean(),
      /** The rule that decided; null for what is built in, or for the one not stored. */
      rule_id: z.number().int().nullable(),
      by: z.enum(['stored_rule', 'sent_rule', 'built_in']),
      until_ms: timeMsSchema.nullable(),
    }),
  }),
}
