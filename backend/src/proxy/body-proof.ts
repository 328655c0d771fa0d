/** Takes a complete answer in and judges it: an error of the upstream's, a message, or something that is neither. */
import { reason } from '@claude-gateway/contract/reason.ts'
import { scanObject } from '../domain/json-scan.ts'
import { judgeAnswer, judgeCountTokens, judgeHiddenError, verdict } from '../domain/outcome.ts'
import type { AnswerHead } from '../upstream/answer-reader.ts'
import { decode } from '../upstream/content-encoding.ts'
import type { UpstreamFault } from '../upstream/fault.ts'
import { headerOf, withoutHeaders } from '../upstream/response-headers.ts'
import type { ToldInBody } from './body-meter.ts'
import { type Expectation, failure, type Proof } from './proof.ts'

/** No message and no error is larger; what is was not made for us. */
const BODY_MAX_BYTES = 64 * 1024 * 1024

export class BodyProof {
  readonly #head: AnswerHead
  readonly #expectation: Expectation
  readonly #resolve: (proof: Proof) => void
  readonly #chunks: Buffer[] = []
  #bytes = 0

  constructor(head: AnswerHead, expectation: Expectation, resolve: (proof: Proof) => void) {
    this.#head = head
    this.#expectation = expectation
    this.#resolve = resolve
  }

  data(chunk: Buffer): void {
    this.#bytes += chunk.length
    if (this.#bytes <= BODY_MAX_BYTES) {
      this.#chunks.push(chunk)
      return
    }
    // Decided now, since what is too large may have no end; whoever waits for the proof leaves the upstream.
    this.#chunks.length = 0
    this.#resolve(failure(verdict('failed', reason('answer_too_large', { bytes: BODY_MAX_BYTES }))))
  }

  end(): void {
    if (this.#bytes > BODY_MAX_BYTES) return
    const body =
      this.#chunks.length === 1 ? (this.#chunks[0] as Buffer) : Buffer.concat(this.#chunks, this.#bytes)
    const encoding = headerOf(this.#head.rawHeaders, 'content-encoding')
    if (encoding === undefined || encoding === 'identity')
      this.#resolve(judgeBody(this.#head, this.#expectation, body, body))
    else void this.#decodeAndJudge(body, encoding)
  }

  fail(fault: UpstreamFault): void {
    this.#resolve(failure(verdict(fault.kind, fault.why)))
  }

  async #decodeAndJudge(body: Buffer, encoding: string): Promise<void> {
    const plain = await decode(body, encoding, BODY_MAX_BYTES)
    this.#resolve(plain ? judgeBody(this.#head, this.#expectation, body, plain) : unreadable(encoding))
  }
}

const unreadable = (encoding: string): Proof =>
  failure(verdict('failed', reason('encoding_unreadable', { encoding })))

/** @param body as it came. @param plain the same, decoded. */
function judgeBody(head: AnswerHead, expectation: Expectation, body: Buffer, plain: Buffer): Proof {
  const { endpoint, rules, channelId } = expectation
  if (head.status >= 300) {
    const answer = { status: head.status, header: (name: string) => headerOf(head.rawHeaders, name) }
    const judge = endpoint === 'messages' ? judgeAnswer : judgeCountTokens
    // An error goes back decoded: our credential could not be masked in compressed bytes (rule C3).
    const passed =
      body === plain ? head : { ...head, rawHeaders: withoutHeaders(head.rawHeaders, ['content-encoding']) }
    return failure(
      judge({ ...answer, body: plain.toString('utf8') }, { nowMs: Date.now(), rules, channelId }),
      {
        head: passed,
        body: plain,
      },
    )
  }
  const found = readAnswer(plain)
  if (found === null) return failure(verdict('failed', reason(describe(plain), { status: head.status })))
  if (found.hasError)
    return failure(judgeHiddenError(plain.toString('utf8'), { nowMs: Date.now(), rules, channelId }), {
      head,
      body: plain,
    })
  if (endpoint === 'messages' && !found.content) {
    return failure(verdict('failed', reason('body_no_message', { status: head.status })))
  }
  // Rule A3: a relay that answers 0 would keep a client from ever compacting its conversation.
  if (endpoint === 'count_tokens' && !found.hasCount) {
    return failure(verdict('not_supported', reason('body_no_count', { status: head.status })))
  }
  return { kind: 'body', head, body, plain, told: found }
}

interface FoundAnswer extends ToldInBody {
  /** A number of tokens above 0, as count_tokens answers. */
  hasCount: boolean
  hasError: boolean
}

/** What a JSON answer has at its top level; null when it is no JSON object. What it used is read when its client has it. */
function readAnswer(body: Buffer): FoundAnswer | null {
  const found: FoundAnswer = {
    model: null,
    stopReason: null,
    usage: null,
    content: null,
    hasCount: false,
    hasError: false,
  }
  const isObject = scanObject(body, (name, start, end) => {
    if (name === 'usage') found.usage = { start, end }
    else if (name === 'model') found.model = { start, end }
    else if (name === 'stop_reason') found.stopReason = { start, end }
    else if (name === 'content') found.content = { start, end }
    else if (name === 'input_tokens') found.hasCount = /^[1-9]/.test(body.toString('latin1', start, end))
    else if (name === 'error') found.hasError = body.toString('latin1', start, end) !== 'null'
  })
  return isObject ? found : null
}

function describe(body: Buffer): 'body_empty' | 'body_is_page' | 'body_no_object' {
  if (body.length === 0) return 'body_empty'
  return /^\s*</.test(body.toString('latin1', 0, 200)) ? 'body_is_page' : 'body_no_object'
}
