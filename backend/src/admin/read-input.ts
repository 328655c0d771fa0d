/** Parses what a caller sent by the contract, and names every fault at once in words for people. */
import type { Endpoint, HandlerInput } from '@claude-gateway/contract/endpoint.ts'
import type { z } from 'zod'
import { GatewayError } from '../failures.ts'

/** As the edge received it. */
export interface RawInput {
  readonly params: unknown
  readonly query: unknown
  /** undefined where nothing was sent. */
  readonly body: unknown
}

type Part = keyof RawInput

/**
 * Throws `validation_failed` with a fault per field path, such as `base_url` or `models.0`; `not_found` where a part of
 * the path is empty: `/api/channels/` is no channel's address.
 */
export function readInput(endpoint: Endpoint, raw: RawInput): HandlerInput<Endpoint> {
  if (hasEmptyPart(raw.params)) throw new GatewayError('not_found', NO_SUCH_PATH)
  const fields: Record<string, string> = {}
  const parse = (part: Part, value: unknown): unknown => {
    const result = endpoint[part].safeParse(value, { error: inWords })
    for (const issue of result.error?.issues ?? []) {
      // The first fault of a field says enough.
      fields[issue.path.join('.') || part] ??= issue.message
    }
    return result.data
  }
  const input = {
    params: parse('params', raw.params),
    query: parse('query', raw.query),
    // No body is an empty one, so that the answer names the fields that are missing.
    body: parse('body', raw.body === undefined ? {} : raw.body),
  }
  const faults = Object.entries(fields)
  if (faults.length === 0) return input
  const said = faults.map(([field, fault]) => `${field} ${fault}`).join('; ')
  throw new GatewayError('validation_failed', `Not accepted: ${said}.`, { fields })
}

/** In the words that any other unknown path is answered with. */
export const NO_SUCH_PATH = 'The admin API has no such path; GET /api/docs lists them all.'

const hasEmptyPart = (params: unknown): boolean =>
  typeof params === 'object' && params !== null && Object.values(params).includes('')

const ARTICLES: Readonly<Record<string, string>> = {
  object: 'a JSON object',
  array: 'a list',
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
}

/** Words for the faults that the contract has no sentence of its own for; undefined leaves them to zod. */
function inWords(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? 'is required'
        : `must be ${ARTICLES[issue.expected] ?? issue.expected}`
    case 'invalid_value':
      return issue.input === undefined ? 'is required' : `must be one of ${issue.values.join(', ')}`
    case 'too_small':
      return `must be ${issue.inclusive === false ? 'more than' : 'at least'} ${issue.minimum}${unitOf(issue.origin)}`
    case 'too_big':
      return `must be at most ${issue.maximum}${unitOf(issue.origin)}`
    default:
      return undefined
  }
}

function unitOf(origin: string): string {
  if (origin === 'string') return ' characters'
  return origin === 'array' ? ' entries' : ''
}
