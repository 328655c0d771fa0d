/** An operation as a curl command that works when it is pasted. Pure. */
import type { JsonSchema, OpenApiOperation } from '@claude-gateway/contract/openapi.ts'
import { itemOf } from './field-list.ts'

/** What a reader would really type, by field name; other fields get something of their type. */
const EXAMPLES: Readonly<Record<string, unknown>> = {
  id: 1,
  name: 'Main account',
  base_url: 'https://api.anthropic.com',
  api_key: 'sk-ant-api03-your-key',
  priority: 10,
  model: 'claude-haiku-4-5',
  channel_id: 1,
  status: 429,
  display_model: 'claude-sonnet-*',
  upstream_model: 'claude-sonnet-5',
  limit_usd: 100,
  log_retention_days: 30,
  input: 3,
  output: 15,
  cache_read: 0.3,
  cache_write_5m: 3.75,
  cache_write_1h: 6,
  from_ms: 1_793_491_200_000,
  to_ms: 1_796_083_200_000,
  username: 'ada',
  password: 'a long password',
  old_password: 'a long password',
  new_password: 'another long password',
  token: 'the-token-of-the-set-up-link',
}

/** Fields with which a change, where nothing is required, is worth showing. */
const SHOWN_IN_CHANGES = new Set([
  'priority',
  'upstream_model',
  'enabled',
  'id',
  'minutes',
  'overlap_seconds',
  'limit_usd',
  'input',
  'log_retention_days',
])

function exampleOf(name: string, schema: JsonSchema): unknown {
  if (name in EXAMPLES) return EXAMPLES[name]
  if (schema.default !== undefined) return schema.default
  if (schema.enum !== undefined) return schema.enum[0]
  if (schema.type === 'number' || schema.type === 'integer') return 1
  if (schema.type === 'object') return exampleBody(schema)
  if (schema.type === 'array') return [exampleOf(name, itemOf(schema) ?? {})]
  return schema.type === 'boolean' ? true : 'text'
}

/** A small body that the operation accepts. */
export function exampleBody(schema: JsonSchema): Record<string, unknown> {
  const fields = Object.entries(schema.properties ?? {})
  const required = fields.filter(([name]) => schema.required?.includes(name))
  const shown =
    required.length > 0 ? required : fields.filter(([name]) => SHOWN_IN_CHANGES.has(name)).slice(0, 1)
  return Object.fromEntries(
    shown.map(([name, field]) => [name, exampleOf(name, typeof field === 'boolean' ? {} : field)]),
  )
}

const credentialOf = ({ security: [first] }: OpenApiOperation): string[] => {
  if (first === undefined) return []
  return [`-H "authorization: Bearer ${'gatewayKey' in first ? '$GATEWAY_KEY' : '$ADMIN_TOKEN'}"`]
}

/** `$GATEWAY`, `$ADMIN_TOKEN` and `$GATEWAY_KEY` are set in the introduction of the page. */
export function curlExample(method: string, path: string, operation: OpenApiOperation): string {
  const body = operation.requestBody?.content['application/json']?.schema
  const parts = [
    `curl ${method === 'get' ? '' : `-X ${method.toUpperCase()} `}"$GATEWAY${path.replace(/\{\w+\}/g, '1')}"`,
    ...credentialOf(operation),
    ...(body === undefined
      ? []
      : [`-H 'content-type: application/json'`, `-d '${JSON.stringify(exampleBody(body))}'`]),
  ]
  return parts.join(' \\\n  ')
}
