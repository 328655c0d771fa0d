/** What is written down of one attempt, for the request log. */
import type { Verdict } from '../domain/outcome.ts'
import type { AttemptRecord } from '../domain/request-record.ts'
import type { Candidate } from '../domain/route.ts'
import { headerOf } from '../upstream/response-headers.ts'
import type { Talk } from './begin-talk.ts'
import type { ClientCall } from './client-call.ts'

export function attemptRecord(
  call: ClientCall,
  candidate: Candidate,
  talk: Talk,
  judged: Verdict,
): AttemptRecord {
  const { channel, upstreamModel } = candidate
  const { answerHead } = talk.attempt
  const isOk = judged.kind === 'fine'
  return {
    channel_id: channel.id,
    channel_name: channel.name,
    upstream_model: upstreamModel,
    started_after_ms: round(talk.startedAt - call.startedAt),
    duration_ms: round(performance.now() - talk.startedAt),
    status: answerHead?.status ?? null,
    result: isOk ? 'ok' : judged.kind,
    reason: isOk ? null : judged.reason,
    upstream_request_id: (answerHead && headerOf(answerHead.rawHeaders, 'request-id')) ?? null,
  }
}

const round = (milliseconds: number): number => Math.round(milliseconds * 100) / 100
