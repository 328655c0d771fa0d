/** One admin operation as a value: what goes in, what comes out, who may call it. Everything else derives from it. */
import { z } from 'zod'

export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'DELETE'

/** Who may call an operation: anybody, an operator (signed in, or holding the admin token), or a gateway key's holder. */
export type Access = 'public' | 'operator' | 'key'

/** `text/event-stream` is an answer that goes on: server-sent events, until the caller leaves. */
export type MediaType = 'application/json' | 'text/csv' | 'text/event-stream'

type Shape = z.ZodType

export interface Endpoint<
  Params extends Shape = Shape,
  Query extends Shape = Shape,
  Body extends Shape = Shape,
  Response extends Shape = Shape,
> {
  readonly method: HttpMethod
  /** Fastify's and the router's notation: `/api/channels/:id`. */
  readonly path: string
  readonly tag: string
  readonly summary: string
  readonly access: Access
  readonly params: Params
  readonly query: Query
  readonly body: Body
  readonly response: Response
  /** The status of success: 200, 201 for a creation, 204 for an answer without a body. */
  readonly status: 200 | 201 | 204
  /** The media type of the answer; anything but JSON is written by the handler itself. */
  readonly produces: MediaType
  /** What a file of the answer is called, before the day and the ending. */
  readonly fileName: string
}

export const nothing = z.object({})
export type Nothing = typeof nothing

interface EndpointSpec<P extends Shape, Q extends Shape, B extends Shape, R extends Shape> {
  method: HttpMethod
  path: string
  tag: string
  summary: string
  access?: Access
  params?: P
  query?: Q
  body?: B
  response: R
  status?: 200 | 201 | 204
  produces?: MediaType
  fileName?: string
}

/** Describes one operation; what is not said is empty, for operators only, and answers 200 with JSON. */
export function endpoint<
  R extends Shape,
  P extends Shape = Nothing,
  Q extends Shape = Nothing,
  B extends Shape = Nothing,
>(spec: EndpointSpec<P, Q, B, R>): Endpoint<P, Q, B, R> {
  return {
    method: spec.method,
    path: spec.path,
    tag: spec.tag,
    summary: spec.summary,
    access: spec.access ?? 'operator',
    // The casts give the absent parts the type of the default that the signature names.
    params: spec.params ?? (nothing as unknown as P),
    query: spec.query ?? (nothing as unknown as Q),
    body: spec.body ?? (nothing as unknown as B),
    response: spec.response,
    status: spec.status ?? 200,
    produces: spec.produces ?? 'application/json',
    fileName: spec.fileName ?? 'export',
  }
}

/** What a caller passes in, before parsing (defaults may be left out). */
export type CallInput<E extends Endpoint> = {
  params: z.input<E['params']>
  query: z.input<E['query']>
  body: z.input<E['body']>
}

/** What a handler receives, after parsing. */
export type HandlerInput<E extends Endpoint> = {
  params: z.output<E['params']>
  query: z.output<E['query']>
  body: z.output<E['body']>
}

export type ResponseOf<E extends Endpoint> = z.output<E['response']>
