/** What an attempt came to: an answer worth passing back, or a failure with the reason. Contract rule C6. */

import type { Verdict } from '../domain/outcome.ts'
import type { CompiledRule } from '../domain/outcome-rule.ts'
import type { Usage } from '../domain/usage.ts'
import type { AnswerHead } from '../upstream/answer-reader.ts'
import type { UpstreamFault } from '../upstream/fault.ts'
import type { ToldInBody } from './body-meter.ts'
import type { EndpointName } from './client-call.ts'
import type { StreamView } from './stream-view.ts'

/** What an answer is measured by. */
export interface Expectation {
  readonly endpoint: EndpointName
  /** How long after `message_start` a stream is trusted without content, in milliseconds. */
  readonly settleMs: number
  /** How operators want failed answers read. */
  readonly rules: readonly CompiledRule[]
  readonly channelId: number
}

/** What of a stream has come before it was committed. */
export interface HeldStream {
  /** Already metered. */
  readonly held: Buffer[]
  readonly view: StreamView
  /** Set where the stream was over before the relay took it. */
  readonly ending: 'end' | UpstreamFault | null
}

/** A stream that has shown content; the rest may still be to come. */
export interface ProvedStream {
  readonly kind: 'stream'
  readonly head: AnswerHead
  readonly stream: HeldStream
}

/** A complete answer. */
export interface ProvedBody {
  readonly kind: 'body'
  readonly head: AnswerHead
  /** As it came. */
  readonly body: Buffer
  /** The same, decoded where it came compressed. */
  readonly plain: Buffer
  readonly told: ToldInBody
}

export interface Failure {
  readonly kind: 'failure'
  readonly verdict: Verdict
  /** The upstream's own answer, where it gave a complete one. */
  readonly answer: { readonly head: AnswerHead; readonly body: Buffer } | null
  /** What it had reported as used before it failed; null where it had reported nothing. Contract rule E4. */
  readonly reported: { readonly usage: Usage; readonly model: string | null } | null
}

export type Proof = ProvedStream | ProvedBody | Failure

export function failure(verdict: Verdict, answer: Failure['answer'] = null): Failure {
  return { kind: 'failure', verdict, answer, reported: null }
}
