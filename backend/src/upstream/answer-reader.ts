/** What an answer consists of as it arrives, and who receives it. */
import type { UpstreamFault } from './fault.ts'

export interface AnswerHead {
  readonly status: number
  /** Names and values in turn, as the upstream sent them. */
  readonly rawHeaders: readonly string[]
}

/** Who receives an answer. Exactly one of `end` and `fail` is called, once, last. */
export interface AnswerReader {
  head(head: AnswerHead): void
  data(chunk: Buffer): void
  end(): void
  fail(fault: UpstreamFault): void
}
