/** Sends one small real request to a channel and tells what happened, for the operator who is setting it up. */
import type { ChannelTestResult } from '@claude-gateway/contract/channel.ts'
import type { Channel } from '../domain/channel.ts'
import { judgeAnswer, judgeHiddenError } from '../domain/outcome.ts'
import { upstreamTarget } from '../domain/upstream-url.ts'
import type { Connections } from './connections.ts'
import { decode } from './content-encoding.ts'
import { type AnswerHead, type AnswerReader, send } from './exchange.ts'
import { UpstreamFault } from './fault.ts'
import { maskSecretIn } from './mask.ts'
import { attemptHeaders } from './request-headers.ts'
import { headerOf } from './response-headers.ts'

export interface ChannelTestTarget extends Pick<Channel, 'baseUrl' | 'apiKey' | 'auth' | 'proxyUrl'> {
  readonly model: string
}

const TIMEOUT_MS = 30_000
const BODY_MAX_BYTES = 1024 * 1024
const SHOWN_CHARACTERS = 4000
const HEADERS = [
  'content-type',
  'application/json',
  'anthropic-version',
  '2023-06-01',
  'user-agent',
  'claude-gateway-test',
]

/** Never rejects: what goes wrong is the answer. */
export async function testChannel(
  connections: Connections,
  target: ChannelTestTarget,
): Promise<ChannelTestResult> {
  const { origin, path } = upstreamTarget(target.baseUrl, '/messages', '')
  const message = { model: target.model, max_tokens: 1, messages: [{ role: 'user', content: 'Hi' }] }
  const startedAt = performance.now()
  const request = {
    origin,
    path,
    method: 'POST' as const,
    headers: attemptHeaders(HEADERS, { addHeaders: {}, dropHeaders: [], ...target }),
    body: Buffer.from(JSON.stringify(message)),
  }
  const answer = await exchangeOnce(connections, target, request)
  const latency = Math.round(performance.now() - startedAt)
  const told = answer instanceof UpstreamFault ? tellFault(answer) : await tellAnswer(answer, target.apiKey)
  return { ...told, url: origin + path, model: target.model, latency_ms: latency }
}

type Told = Omit<ChannelTestResult, 'url' | 'model' | 'latency_ms'>

function tellFault(fault: UpstreamFault): Told {
  const message =
    fault.kind === 'timed_out'
      ? 'No answer came in time.'
      : `The channel could not be asked: ${fault.message}.`
  return { ok: false, message, status: null, upstream_body: null, upstream_request_id: null }
}

async function tellAnswer({ head, body }: Answer, secret: string): Promise<Told> {
  const encoding = headerOf(head.rawHeaders, 'content-encoding')
  const plain = encoding === undefined ? body : ((await decode(body, encoding, BODY_MAX_BYTES)) ?? body)
  const text = maskSecretIn(plain.toString('utf8'), secret)
  const shared = { status: head.status, upstream_request_id: headerOf(head.rawHeaders, 'request-id') ?? null }
  if (head.status < 300 && isMessage(text)) {
    return { ok: true, message: 'The channel answered with a message.', upstream_body: null, ...shared }
  }
  return {
    ok: false,
    message: explain(head, text),
    upstream_body: text.slice(0, SHOWN_CHARACTERS),
    ...shared,
  }
}

function explain(head: AnswerHead, text: string): string {
  if (head.status >= 300) {
    const header = (name: string) => headerOf(head.rawHeaders, name)
    return `The channel ${judgeAnswer({ status: head.status, header, body: text }, { nowMs: Date.now(), rules: [], channelId: null }).reason}`
  }
  if (text.includes('"error"')) return `The channel ${judgeHiddenError(text).reason}`
  return 'The channel answered, but not with a message: is the base URL right?'
}

function isMessage(text: string): boolean {
  try {
    return (JSON.parse(text) as { type?: unknown } | null)?.type === 'message'
  } catch {
    return false
  }
}

interface Answer {
  readonly head: AnswerHead
  readonly body: Buffer
}

function exchangeOnce(
  connections: Connections,
  target: ChannelTestTarget,
  request: Parameters<typeof send>[1],
): Promise<Answer | UpstreamFault> {
  const { promise, resolve } = Promise.withResolvers<Answer | UpstreamFault>()
  const reader = new AnswerCollector(resolve)
  const exchange = send(connections.through({ ...target, connectTimeoutMs: null }), request, reader)
  const timer = setTimeout(() => exchange.abort(new UpstreamFault('timed_out', 'no answer')), TIMEOUT_MS)
  return promise.finally(() => clearTimeout(timer))
}

class AnswerCollector implements AnswerReader {
  readonly #resolve: (answer: Answer | UpstreamFault) => void
  readonly #chunks: Buffer[] = []
  #bytes = 0
  #head: AnswerHead = { status: 0, rawHeaders: [] }

  constructor(resolve: (answer: Answer | UpstreamFault) => void) {
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
