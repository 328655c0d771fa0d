/** Tests a channel for the operator who is setting it up: one small real request, and what happened in words. */
import type { ChannelTestResult } from '@claude-gateway/contract/channel.ts'
import { reason } from '@claude-gateway/contract/reason.ts'
import { inEnglish } from '@claude-gateway/contract/reason-english.ts'
import type { Channel } from '../domain/channel.ts'
import type { Connections } from './connections.ts'
import { askSmallQuestion } from './small-question.ts'

export interface ChannelTestTarget extends Pick<Channel, 'baseUrl' | 'apiKey' | 'auth' | 'proxyUrl'> {
  readonly model: string
}

const SHOWN_CHARACTERS = 4000

/** Never rejects: what goes wrong is the answer. */
export async function testChannel(
  connections: Connections,
  target: ChannelTestTarget,
): Promise<ChannelTestResult> {
  const plain = { addHeaders: {}, dropHeaders: [], connectTimeoutMs: null, ...target }
  const answer = await askSmallQuestion(connections, plain, { rules: [], channelId: null })
  const ok = answer.verdict.kind === 'fine'
  const told = ok ? reason('test_passed') : reason('test_failed', { what: answer.verdict.reason })
  return {
    ok,
    message: inEnglish(told),
    message_parts: told,
    url: answer.url,
    model: target.model,
    status: answer.status,
    latency_ms: answer.latencyMs,
    upstream_body: ok || answer.status === null ? null : answer.text.slice(0, SHOWN_CHARACTERS),
    upstream_request_id: answer.requestId,
  }
}
