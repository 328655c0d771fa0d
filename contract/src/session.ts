/** Sessions: the conversations of Claude Code, each with its agents, its prompts and its requests in order. */
import { z } from 'zod'
import { idSchema, listOf, momentSchema, timeMsSchema } from './common.ts'
import { endpoint } from './endpoint.ts'
import { outcomeSchema, usageSchema } from './usage.ts'

const count = z.number().int().nonnegative()
const idTextSchema = z.string().trim().min(1, 'must not be empty').max(300, 'must be at most 300 characters')

/** What messages requests add up to; counting tokens and probes are in no session. */
const sumsSchema = z.object({
  requests: count,
  usage: usageSchema,
  cost_nano_usd: z.number().int(),
  /** What the same tokens would have cost without a cache. */
  uncached_cost_nano_usd: z.number().int(),
  /** Cache reads as a share of all prompt tokens; null with none. */
  cache_hit_share: z.number().nullable(),
  /** Requests that summed up a conversation that had grown too long. */
  compactions: count,
  /** When the first and the last of the requests began. */
  first_at_ms: timeMsSchema,
  last_at_ms: timeMsSchema,
})

/** All that ever belonged to it, also where its older requests have left the log. */
export const sessionSchema = sumsSchema.extend({
  key_id: idSchema,
  /** null for a key that was deleted. */
  key_name: z.string().nullable(),
  session_id: z.string(),
  /** Requests that got no whole answer: rejected, failed, truncated. */
  failed: count,
  /** Of its last request. */
  last_model: z.string().nullable(),
  last_client: z.string().nullable(),
})
export type SessionSummary = z.output<typeof sessionSchema>

export const sessionAgentSchema = sumsSchema.extend({
  /** null: the main conversation, under which all others hang. */
  agent_id: z.string().nullable(),
  parent_agent_id: z.string().nullable(),
  /** False where the parent it names is none of the session's agents; such an agent hangs under the main conversation. */
  parent_is_known: z.boolean(),
  /** 0 for the main conversation, 1 for its agents, 2 for theirs. */
  depth: count,
  agent_type: z.string().nullable(),
  outcomes: z.record(outcomeSchema, count),
  /** With all agents below it. */
  total_cost_nano_usd: z.number().int(),
})

export const sessionPromptSchema = sumsSchema.extend({
  prompt_id: z.string(),
  failed: count,
  /** Agents that worked on it, the main conversation not counted. */
  agents: count,
  /** From its first request to the end of its last answer. */
  duration_ms: z.number(),
})

export const sessionDetailSchema = sessionSchema.extend({
  /** How many of its requests are still in the log; agents and prompts are made of these. */
  requests_in_log: count,
  /** In the order of the tree: each agent stands right behind its parent or its elder siblings' descendants. */
  agents: z.array(sessionAgentSchema),
  /** Agents beyond the thousand that came first. */
  agents_left_out: count,
  /** In order, where the client numbers its prompts. */
  prompts: z.array(sessionPromptSchema),
  /** Prompts before the thousand that came last. */
  prompts_left_out: count,
})
export type SessionDetail = z.output<typeof sessionDetailSchema>

export const sessionRequestSchema = z.object({
  /** Of its entry in the request log. */
  id: idSchema,
  request_id: z.string(),
  started_at_ms: timeMsSchema,
  agent_id: z.string().nullable(),
  agent_type: z.string().nullable(),
  prompt_id: z.string().nullable(),
  request_class: z.string().nullable(),
  is_compaction: z.boolean(),
  requested_model: z.string().nullable(),
  channel_id: z.number().int().nullable(),
  channel_name: z.string().nullable(),
  outcome: outcomeSchema,
  status: z.number().int(),
  error_code: z.string().nullable(),
  stop_reason: z.string().nullable(),
  usage: usageSchema,
  cost_nano_usd: z.number().int(),
  uncached_cost_nano_usd: z.number().int(),
  duration_ms: z.number(),
  time_to_first_content_ms: z.number().nullable(),
  /** Cache reads as a share of the prompt's tokens; null with none. */
  cache_hit_share: z.number().nullable(),
  /** Since the last request of the same agent and model that used tokens; null for the first one. */
  gap_ms: z.number().int().nullable(),
  /** The gap is longer than the upstream keeps a cache: five minutes, an hour where it was written for one. */
  cache_expired: z.boolean(),
})
export type SessionRequest = z.output<typeof sessionRequestSchema>

const cursorSchema = z
  .string()
  .max(1000)
  .regex(/^[\w-]+$/, 'must be the next_cursor of an earlier answer')
  .optional()

/** Which key's, where two keys have sessions of the same id. */
const keyQuery = z.object({ key_id: idSchema.optional() })
const params = z.object({ id: idTextSchema })
const tag = 'Sessions'

export const sessionEndpoints = {
  list: endpoint({
    method: 'GET',
    path: '/api/sessions',
    tag,
    summary: 'Sessions, the one that was used last or cost most first',
    query: keyQuery.extend({
      /** Of the session's last request. */
      model: z.string().trim().min(1).max(200).optional(),
      /** Sessions that were under way at some time in the range. */
      from: momentSchema.optional(),
      to: momentSchema.optional(),
      /** The beginning of the session's id. */
      search: idTextSchema.optional(),
      /** By their last use, or by what each has cost in all; the newest or costliest first. */
      order: z.enum(['recent', 'cost']).default('recent'),
      limit: z.coerce.number().int().min(1).max(500).default(50),
      cursor: cursorSchema,
    }),
    response: listOf(sessionSchema),
  }),
  get: endpoint({
    method: 'GET',
    path: '/api/sessions/:id',
    tag,
    summary: 'One session with its tree of agents and its prompts',
    params,
    query: keyQuery,
    response: sessionDetailSchema,
  }),
  requests: endpoint({
    method: 'GET',
    path: '/api/sessions/:id/requests',
    tag,
    summary: 'The requests of a session in order, with how warm the cache was',
    params,
    query: keyQuery.extend({
      /** Empty: the main conversation. */
      agent_id: z.string().trim().max(300).optional(),
      prompt_id: idTextSchema.optional(),
      limit: z.coerce.number().int().min(1).max(500).default(100),
      cursor: cursorSchema,
    }),
    response: listOf(sessionRequestSchema),
  }),
}
