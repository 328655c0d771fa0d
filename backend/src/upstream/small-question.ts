/** Asks a channel one small real question, whole: for the operator's test and for active probes. */

import { reason } from '@claude-gateway/contract/reason.ts'
import { upstreamTarget } from '@claude-gateway/contract/upstream-url.ts'
import type { Channel } from '../domain/channel.ts'
import { type JudgeContext, judgeAnswer, judgeHiddenError, type Verdict, verdict } from '../domain/outcome.ts'
import type { AnswerHead, AnswerReader } from './answer-reader.ts'
import type { Connections } from './connections.ts'
import { decode } from './content-encoding.ts'
import { send } from './exchange.ts'
import { UpstreamFault } from './fault.ts'
import { maskSecretsIn, secretsOf } from './mask.ts'
import { attemptHeaders, type HeaderTerms } from './request-headers.ts'
import { headerOf } from './response-headers.ts'

export interface QuestionTarget
  extends HeaderTerms,
    Pick<Channel, 'baseUrl' | 'proxyUrl' | 'connectTimeoutMs'> {
  /** As the upstream names it. */
  readonly model: string
}

export interface SmallAnswer {
  readonly url: string
  readonly latencyMs: number
  /** null where the upstream gave none. */
  readonly status: number | null
  readonly requestId: string | null
  /** Decoded, the channel's key masked; empty where there was none. */
  readonly text: string
  /** The parsed message, where it was one. */
  readonly message: Readonly<Record<string, unknown>> | null
  readonly verdict: Verdict
}

const TIMEOUT_MS = 30_000
const BODY_MAX_BYTES = 1024 * 1024
const HEADERS = [
  ...['content-type', 'application/json'],
  ...['anthropic-version', '2023-06-01'],
  ...['user-agent', 'claude-gateway'],
]

/** Never rejects: what goes wrong is the answer. @param stopped aborts the question. */
export async function askSmallQuestion(
  connections: Connections,
  target: QuestionTarget,
  rules: Pick<JudgeContext, 'rules' | 'channelId'>,
  stopped?: AbortSignal,
): Promise<SmallAnswer> {
  const { origin, path } = upstreamTarget(target.baseUrl, '/messages', '')
  const question = { model: target.model, max_tokens: 1, messages: [{ role: 'user', content: 'Hi' }] }
  const startedAt = performance.now()
  const body = Buffer.from(JSON.stringify(question))
  const request = { origin, path, method: 'POST' as const, headers: attemptHeaders(HEADERS, target), body }
  const { promise, resolve } = Promise.withResolvers<WholeAnswer | UpstreamFault>()
  const exchange = send(connections.through(target), request, new AnswerCollector(resolve))
  const timer = setTimeout(
    () =>
      exchange.abort(
        new UpstreamFault('timed_out', reason('nothing_in_time', { seconds: TIMEOUT_MS / 1000 })),
      ),
    TIMEOUT_MS,
  )
  const onStop = () => exchange.abort(new UpstreamFault('client_gone', reason('gateway_stops')))
  stopped?.addEventListener('abort', onStop, { once: true })
  const answer = await promise
  stopped?.removeEventListener('abort', onStop)
  clearTimeout(timer)
  const told =
    answer instanceof UpstreamFault ? silence(answer) : await read(answer, secretsOf(target), rules)
  return { url: origin + path, latencyMs: Math.round(performance.now() - startedAt), ...told }
}

type Told = Omit<SmallAnswer, 'url' | 'latencyMs'>

function silence(fault: UpstreamFault): Told {
  return {
    status: null,
    requestId: null,
    text: '',
    message: null,
    verdict: verdict(fault.kind, fault.why),
  }
}

async function read(
  { head, body }: WholeAnswer,
  secrets: readonly string[],
  rules: Pick<JudgeContext, 'rules' | 'channelId'>,
): Promise<Told> {
  const header = (name: string) => headerOf(head.rawHeaders, name)
  const encoding = header('content-encoding')
  const plain = encoding === undefined ? body : ((await decode(body, encoding, BODY_MAX_BYTES)) ?? body)
  const text = maskSecretsIn(plain.toString('utf8'), secrets)
  const shared = { status: head.status, requestId: header('request-id') ?? null, text }
  if (head.status >= 300) {
    const judged = judgeAnswer({ status: head.status, header, body: text }, { nowMs: Date.now(), ...rules })
    return { ...shared, message: null, verdict: judged }
  }
  const parsed = parse(text)
  if (parsed?.type === 'message') return { ...shared, message: parsed, verdict: verdict('fine', '') }
  if (parsed?.error)
    return { ...shared, message: null, verdict: judgeHiddenError(text, { nowMs: Date.now(), ...rules }) }
  const why = reason('address_doubtful', { status: head.status })
  return { ...shared, message: null, verdict: verdict('failed', why) }
}

function parse(text: string): Record<string, unknown> | null {
  try {
    const parsed: unknown = JSON.parse(text)
    return typeof parsed === 'object' && parsed !== null ? (parsed as Record<string, unknown>) : null
  } catch {
    return null
  }
}

interface WholeAnswer {
  readonly head: AnswerHead
  readonly body: Buffer
}

class AnswerCollector implements AnswerReader {
  readonly #resolve: (answer: WholeAnswer | UpstreamFault) => void
  readonly #chunks: Buffer[] = []
  #bytes = 0
  #head: AnswerHead = { status: 0, rawHeaders: [] }

  constructor(resolve: (answer: WholeAnswer | UpstreamFault) => void) {
    this.#resolve = resolve
  }

  head(head: AnswerHead): void {
    this.#head = head
  }

  data(chunk: Buffer): void {
    this.#bytes += chunk.length
    if (this.#bytes <= BODY_MAX_BYTES) this.#chunks.push(chunk)
  }

  end(): void {
    this.#resolve({ head: this.#head, body: Buffer.concat(this.#chunks) })
  }

  fail(fault: UpstreamFault): void {
    this.#resolve(fault)
  }
}
