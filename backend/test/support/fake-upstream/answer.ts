/** What the fake upstream can be told to answer: plain values that builders make and modifiers change. */
import type { RecordedRequest } from './recorded-request.ts'

export type AnswerHeaders = Readonly<Record<string, string | string[]>>

/** How an answer stops short. `silence` keeps the socket open; `reset` sends RST, so bytes just sent may be lost. */
export interface Ending {
  readonly how: 'cut' | 'reset' | 'silence'
  /** Body bytes sent before it, or nothing at all, not even a status line. */
  readonly at: number | 'before_headers'
}

export interface Answer {
  readonly status: number
  readonly headers: AnswerHeaders
  /** One element is one write. An array is sent at once; an iterable is sent write by write, each flushed. */
  readonly body: readonly Buffer[] | AsyncIterable<Buffer>
  readonly ending?: Ending
  /** 1xx answers sent before this one. */
  readonly informational?: readonly (100 | 102 | 103)[]
  /** What goes on the upstream's bill when this answer was sent whole. */
  readonly billed?: { readonly model: string; readonly usage: Readonly<Record<string, unknown>> }
}

/** An answer, or a function that decides when the request is known, also after waiting for something. */
export type Script = Answer | ((request: RecordedRequest) => Script | Promise<Script>)

/** Runs a script down to its answer; stays synchronous when the script is. */
export function answerOf(script: Script, request: RecordedRequest): Answer | Promise<Answer> {
  if (typeof script !== 'function') return script
  const next = script(request)
  if (next instanceof Promise) return next.then((resolved) => answerOf(resolved, request))
  return answerOf(next, request)
}

/** A script whose answer is that of another one, changed. Every modifier is made of this. */
export function changed(
  script: Script,
  change: (answer: Answer, request: RecordedRequest) => Answer | Promise<Answer>,
): Script {
  return (request) => {
    const answer = answerOf(script, request)
    return answer instanceof Promise
      ? answer.then((value) => change(value, request))
      : change(answer, request)
  }
}

/**
 * Runs a script for the first request only and gives the same bytes, ids included, to all others: the benchmark's fast
 * path. Only for answers that are sent at once; a paced or dripped body can be read one time.
 */
export function frozen(script: Script): Script {
  let first: Answer | Promise<Answer> | undefined
  return (request) => {
    first ??= answerOf(script, request)
    return first
  }
}
