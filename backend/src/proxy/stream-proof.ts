/** Holds a stream back until it has shown content: before that, another channel may still be tried. Rule C6. */
import { reason } from '@claude-gateway/contract/reason.ts'
import { judgeHiddenError, type Verdict, verdict } from '../domain/outcome.ts'
import type { AnswerHead } from '../upstream/answer-reader.ts'
import { createDecoder } from '../upstream/content-encoding.ts'
import type { UpstreamFault } from '../upstream/fault.ts'
import { headerOf } from '../upstream/response-headers.ts'
import { type Expectation, failure, type HeldStream, type Proof } from './proof.ts'
import { CompressedView, PlainView, type StreamView } from './stream-view.ts'

/** No stream says this much before its first content; one that does is something else. */
const HELD_MAX_BYTES = 8 * 1024 * 1024

export class StreamProof implements HeldStream {
  readonly held: Buffer[] = []
  readonly view: StreamView
  ending: HeldStream['ending'] = null
  readonly #head: AnswerHead
  readonly #expectation: Expectation
  readonly #resolve: (proof: Proof) => void
  #heldBytes = 0
  #timer: NodeJS.Timeout | null = null
  #isDecided = false

  constructor(head: AnswerHead, expectation: Expectation, resolve: (proof: Proof) => void) {
    this.#head = head
    this.#expectation = expectation
    this.#resolve = resolve
    const decoder = createDecoder(headerOf(head.rawHeaders, 'content-encoding') ?? '')
    this.view = decoder ? new CompressedView(decoder, () => this.#weigh()) : new PlainView()
  }

  /** Goes on holding after the decision, until the relay takes over. */
  data(chunk: Buffer): void {
    this.#heldBytes += chunk.length
    const ready = this.view.push(chunk)
    if (ready.length > 0) this.held.push(ready)
    this.#weigh()
  }

  end(): void {
    this.ending = 'end'
    this.#onceRead(() => this.#giveUp())
  }

  fail(fault: UpstreamFault): void {
    this.ending = fault
    this.#onceRead(() => this.#reject(verdict(fault.kind, fault.why)))
  }

  /** A compressed stream is read behind its arrival: what came before its end counts first, as content and as usage. */
  #onceRead(decide: () => void): void {
    if (this.view.isPlain) decide()
    else void this.view.metered().then(decide)
  }

  #weigh(): void {
    if (this.#isDecided) return
    const { error, hasStarted, hasContent } = this.view.meter
    if (error !== null && !hasContent) this.#reject(this.#judge(error), Buffer.from(error))
    else if (hasStarted && hasContent) this.#prove()
    else if (this.#heldBytes > HELD_MAX_BYTES) this.#reject(verdict('failed', reason('stream_foreign')))
    else if (hasStarted) this.#timer ??= setTimeout(() => this.#prove(), this.#expectation.settleMs)
  }

  #judge(error: string): Verdict {
    const { rules, channelId } = this.#expectation
    return judgeHiddenError(error, { nowMs: Date.now(), rules, channelId })
  }

  #giveUp(): void {
    const code = this.view.meter.hasStarted ? 'stream_without_content' : 'stream_empty'
    this.#reject(verdict('failed', reason(code)))
  }

  #prove(): void {
    this.#decide({ kind: 'stream', head: this.#head, stream: this })
  }

  #reject(judged: Verdict, body?: Buffer): void {
    const { hasStarted, usage, answeredModel } = this.view.meter
    const reported = hasStarted ? { usage, model: answeredModel } : null
    this.#decide({ ...failure(judged, body ? { head: this.#head, body } : null), reported })
  }

  #decide(proof: Proof): void {
    if (this.#isDecided) return
    this.#isDecided = true
    if (this.#timer) clearTimeout(this.#timer)
    this.#resolve(proof)
  }
}
