/** What a test of a channel went through, step by step, as far as its answer tells. Pure. */
import type { ChannelTestResult } from '@claude-gateway/contract/channel.ts'

export type TestStepName = 'address' | 'connection' | 'credential' | 'answer'

/** `open`: not known, since it was not reached or the answer does not tell. */
export type TestStepEnd = 'done' | 'failed' | 'open'

export interface TestStep {
  readonly name: TestStepName
  readonly end: TestStepEnd
}

const REFUSED: readonly number[] = [401, 403]
/** Answers of the account itself, which only somebody who was let in gets. */
const LET_IN: readonly number[] = [400, 402, 429, 529]

function credentialEnd({ ok, status }: ChannelTestResult): TestStepEnd {
  if (status !== null && REFUSED.includes(status)) return 'failed'
  return ok || (status !== null && LET_IN.includes(status)) ? 'done' : 'open'
}

function answerEnd(result: ChannelTestResult): TestStepEnd {
  if (result.ok) return 'done'
  return result.status === null || credentialEnd(result) === 'failed' ? 'open' : 'failed'
}

export function testSteps(result: ChannelTestResult): TestStep[] {
  return [
    { name: 'address', end: 'done' },
    { name: 'connection', end: result.status === null ? 'failed' : 'done' },
    { name: 'credential', end: credentialEnd(result) },
    { name: 'answer', end: answerEnd(result) },
  ]
}
