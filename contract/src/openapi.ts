/** The list of admin operations as an OpenAPI 3.1 document. */
import { z } from 'zod'
import { errorBodySchema } from './common.ts'
import { type Access, type Endpoint, nothing } from './endpoint.ts'
import { reasonSchema } from './reason.ts'

export type JsonSchema = z.core.JSONSchema.JSONSchema

export interface OpenApiParameter {
  readonly name: string
  readonly in: 'path' | 'query'
  readonly required: boolean
  readonly schema: JsonSchema
}

type Content = Readonly<Record<string, { readonly schema: JsonSchema }>>

export interface OpenApiResponse {
  readonly description: string
  readonly content?: Content
}

export interface OpenApiOperation {
  readonly operationId: string
  readonly summary: string
  readonly tags: readonly string[]
  readonly parameters: readonly OpenApiParameter[]
  readonly requestBody?: { readonly required: true; readonly content: Content }
  readonly responses: Readonly<Record<string, OpenApiResponse>>
  readonly security: readonly Readonly<Record<string, readonly string[]>>[]
}

type PathItem = Readonly<Record<string, OpenApiOperation>>

export interface OpenApiDocument {
  readonly openapi: '3.1.0'
  readonly info: { readonly title: string; readonly version: string; readonly description: string }
  readonly tags: readonly { readonly name: string }[]
  readonly paths: Readonly<Record<string, PathItem>>
  readonly components: {
    readonly schemas: Readonly<Record<string, JsonSchema>>
    readonly securitySchemes: Readonly<Record<string, object>>
  }
}

/** JSON numbers are safe integers anyway; a bound that says so is noise. */
const isSafeBound = (bound: unknown): boolean =>
  bound === Number.MAX_SAFE_INTEGER || bound === Number.MIN_SAFE_INTEGER

function withoutNoise({ jsonSchema }: { jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  if (isSafeBound(jsonSchema.maximum)) delete jsonSchema.maximum
  if (isSafeBound(jsonSchema.minimum)) delete jsonSchema.minimum
  // Answers may grow fields, and unknown fields of a body are ignored.
  if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties
}

/** A schema as JSON Schema 2020-12: as callers send it (`input`), or as we answer it (`output`). */
function jsonSchemaOf(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
  const { $schema: _, $defs: __, ...rest } = z.toJSONSchema(schema, { io, override: withoutNoise })
  return named(rest)
}

function reasonJsonSchema(): JsonSchema {
  const { $defs } = z.toJSONSchema(reasonSchema, { io: 'output', override: withoutNoise })
  return named($defs?.['Reason'] ?? {})
}

/** What has a name of its own stands in the document once. */
function named(schema: JsonSchema): JsonSchema {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/$defs/', '"#/components/schemas/'))
}

function parametersOf(schema: z.ZodType, place: 'path' | 'query'): OpenApiParameter[] {
  const { properties = {}, required = [] } = jsonSchemaOf(schema, 'input')
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: typeof property === 'boolean' ? {} : property,
  }))
}

function answerOf(endpoint: Endpoint): OpenApiResponse {
  if (endpoint.status === 204) return { description: 'Done; no content.' }
  const schema = jsonSchemaOf(endpoint.response, 'output')
  return {
    description: endpoint.status === 201 ? 'Created.' : 'Done.',
    content: { [endpoint.produces]: { schema } },
  }
}

const faultOf = (description: string): OpenApiResponse => ({
  description,
  content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
})

/** The success, and the errors that follow from the form of the operation; all others are `default`. */
function responsesOf(endpoint: Endpoint): Record<string, OpenApiResponse> {
  const takesInput = [endpoint.params, endpoint.query, endpoint.body].some((part) => part !== nothing)
  return {
    [endpoint.status]: answerOf(endpoint),
    ...(takesInput && { 400: faultOf('Something sent is wrong; `fields` names every fault.') }),
    ...(endpoint.access !== 'public' && { 401: faultOf(REFUSALS[endpoint.access]) }),
    ...(endpoint.params !== nothing && { 404: faultOf('There is no such thing.') }),
    default: faultOf('Any other error.'),
  }
}

/** `PUT /api/channels/:id/activate` → `putChannelsIdActivate`. */
function operationIdOf(endpoint: Endpoint): string {
  const words = endpoint.path.replace(/^\/api/, '').match(/[a-z]+/g) ?? []
  const capitalised = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1))
  return endpoint.method.toLowerCase() + capitalised.join('')
}

const REFUSALS = {
  operator: 'Not signed in.',
  key: 'No gateway key, or one that is unknown, disabled or expired.',
} as const

/** Any one of the listed will do. */
const SECURITY = {
  public: [],
  operator: [{ adminToken: [] }, { session: [] }],
  key: [{ gatewayKey: [] }, { gatewayKeyHeader: [] }],
} as const satisfies Record<Access, OpenApiOperation['security']>

function operationOf(endpoint: Endpoint): OpenApiOperation {
  return {
    operationId: operationIdOf(endpoint),
    summary: endpoint.summary,
    tags: [endpoint.tag],
    parameters: [...parametersOf(endpoint.params, 'path'), ...parametersOf(endpoint.query, 'query')],
    ...(endpoint.body !== nothing && {
      requestBody: {
        required: true,
        content: { 'application/json': { schema: jsonSchemaOf(endpoint.body, 'input') } },
      },
    }),
    responses: responsesOf(endpoint),
    security: SECURITY[endpoint.access],
  }
}

function pathsOf(endpoints: readonly Endpoint[]): Record<string, PathItem> {
  const paths: Record<string, PathItem> = {}
  for (const endpoint of endpoints) {
    const path = endpoint.path.replace(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [endpoint.method.toLowerCase()]: operationOf(endpoint) }
  }
  return paths
}

/**
 * Describes `endpoints` as OpenAPI 3.1.
 * Source: https://spec.openapis.org/oas/v3.1.0. `sessionCookie` is the name of the cookie that sign-in sets.
 */
export function openApiDocument(endpoints: readonly Endpoint[], sessionCookie: string): OpenApiDocument {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Claude gateway: admin API',
      version: '1.0.0',
      description: 'Channels, mappings, keys, statistics and the request log of the gateway.',
    },
    tags: [...new Set(endpoints.map((endpoint) => endpoint.tag))].map((name) => ({ name })),
    paths: pathsOf(endpoints),
    components: {
      schemas: {
        Error: jsonSchemaOf(errorBodySchema, 'output'),
        Reason: reasonJsonSchema(),
      },
      securitySchemes: {
        adminToken: { type: 'http', scheme: 'bearer', description: 'The value of ADMIN_TOKEN.' },
        gatewayKey: { type: 'http', scheme: 'bearer', description: 'A gateway key.' },
        gatewayKeyHeader: { type: 'apiKey', in: 'header', name: 'x-api-key', description: 'A gateway key.' },
        session: { type: 'apiKey', in: 'cookie', name: sessionCookie, description: 'Set by signing in.' },
      },
    },
  }
}
