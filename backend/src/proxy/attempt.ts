/** One attempt: listens to an upstream until the answer has proved itself or failed. Contract rule C6. */
import { verdict } from '../domain/outcome.ts'
import type { AnswerHead, AnswerReader } from '../upstream/answer-reader.ts'
import type { UpstreamFault } from '../upstream/fault.ts'
import { headerOf } from '../upstream/response-headers.ts'
import { BodyProof } from './body-proof.ts'
import { type Expectation, failure, type Proof } from './proof.ts'
import { StreamProof } from './stream-proof.ts'

/** Picks the listener that fits the answer's kind once its head is there. */
export class Attempt implements AnswerReader {
  readonly proof: Promise<Proof>
  /** When the head arrived, on the monotonic clock. */
  firstByteAt: number | null = null
  answerHead: AnswerHead | null = null
  readonly #expectation: Expectation
  readonly #resolve: (proof: Proof) => void
  #listener: Omit<AnswerReader, 'head'> | null = null

  constructor(expectation: Expectation) {
    this.#expectation = expectation
    const { promise, resolve } = Promise.withResolvers<Proof>()
    this.proof = promise
    this.#resolve = resolve
  }

  head(head: AnswerHead): void {
    this.firstByteAt = performance.now()
    this.answerHead = head
    const isStream = /^text\/event-stream\b/i.test(headerOf(head.rawHeaders, 'content-type') ?? '')
    this.#listener =
      isStream && head.status < 300
        ? new StreamProof(head, this.#expectation, this.#resolve)
        : new BodyProof(head, this.#expectation, this.#resolve)
  }

  data(chunk: Buffer): void {
    this.#listener?.data(chunk)
  }

  end(): void {
    this.#listener?.end()
  }

  fail(fault: UpstreamFault): void {
    if (this.#listener) this.#listener.fail(fault)
    else this.#resolve(failure(verdict(fault.kind, fault.why)))
  }
}
