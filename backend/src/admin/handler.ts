/** What an admin operation is to the edge: an endpoint of the contract with the function that answers it. */
import type { Endpoint, HandlerInput, ResponseOf } from '@claude-gateway/contract/endpoint.ts'
import type { GatewayKey } from '../domain/gateway-key.ts'
import type { Caller } from './caller.ts'
import type { AdminContext } from './context.ts'

/** The sign-in cookie of one call. */
export interface SessionCookie {
  readonly token: string | undefined
  set(token: string): void
  clear(): void
}

/** Who calls, and from where. */
export interface AdminCall {
  /** null only where the endpoint is public, or for holders of gateway keys. */
  readonly caller: Caller | null
  /** Whose key it is, where the endpoint is for holders of gateway keys; elsewhere null. */
  readonly keyHolder: GatewayKey | null
  readonly clientAddress: string
  readonly session: SessionCookie
}

/** A text answer is written piece by piece; any other is a value. */
export type AnswerOf<E extends Endpoint> =
  ResponseOf<E> extends string ? AsyncIterable<string> : ResponseOf<E>

/** The bytes of an answer that was made elsewhere, and held to the response schema there. */
export type FinishedAnswer = Uint8Array<ArrayBuffer>

type Handler<E extends Endpoint> = (
  context: AdminContext,
  input: HandlerInput<E>,
  call: AdminCall,
) => Promise<AnswerOf<E> | FinishedAnswer>

/** One handler for each endpoint of a group; a missing one does not compile. */
export type HandlersOf<Group extends Record<string, Endpoint>> = {
  readonly [Name in keyof Group]: Handler<Group[Name]>
}

export interface Operation {
  readonly endpoint: Endpoint
  readonly answer: (context: AdminContext, input: HandlerInput<Endpoint>, call: AdminCall) => Promise<unknown>
}

/** Pairs each endpoint of a group with its handler. */
export function operationsOf<Group extends Record<string, Endpoint>>(
  group: Group,
  handlers: HandlersOf<Group>,
): Operation[] {
  return Object.entries(group).map(([name, endpoint]) => ({
    endpoint,
    // HandlersOf has checked the pair; a list of differing operations can only name what they share.
    answer: handlers[name] as unknown as Operation['answer'],
  }))
}
