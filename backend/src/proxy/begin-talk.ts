/** Sends a request to one channel, in its own terms: its address, its credential, its name for the model. */

import { readBase, targetUnder } from '@claude-gateway/contract/upstream-url.ts'
import type { Channel } from '../domain/channel.ts'
import { madeOnce } from '../domain/made-once.ts'
import type { Candidate } from '../domain/route.ts'
import type { Gateway } from '../runtime/gateway.ts'
import { type Exchange, send } from '../upstream/exchange.ts'
import { attemptHeaders } from '../upstream/request-headers.ts'
import { Attempt } from './attempt.ts'
import type { ClientCall } from './client-call.ts'
import { bodyFor, type MessageRequest } from './message-request.ts'

export interface Talk {
  readonly attempt: Attempt
  readonly exchange: Exchange
  /** On the monotonic clock. */
  readonly startedAt: number
}

interface Outbound {
  readonly message: MessageRequest
  readonly headers: readonly string[]
}

export function beginTalk(
  gateway: Gateway,
  call: ClientCall,
  { message, headers }: Outbound,
  to: Candidate,
): Talk {
  const { channel, upstreamModel } = to
  const attempt = new Attempt({
    endpoint: call.endpoint,
    settleMs: gateway.limits.settleMs,
    rules: gateway.snapshot.current.outcomeRules,
    channelId: channel.id,
  })
  const endpointPath = call.endpoint === 'messages' ? '/messages' : '/messages/count_tokens'
  const { origin, path } = targetUnder(baseOf(channel), endpointPath, call.query)
  const request = {
    origin,
    path,
    method: 'POST' as const,
    headers: attemptHeaders(headers, channel),
    body: bodyFor(message, upstreamModel),
    decodeStream: upstreamModel !== message.model,
  }
  const startedAt = performance.now()
  return { attempt, exchange: send(gateway.connections.through(channel), request, attempt), startedAt }
}

/** A channel is a new object when anything of it changes. */
const baseOf = madeOnce((channel: Channel) => readBase(channel.baseUrl))
