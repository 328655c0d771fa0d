/** The fault matrix, fourth part: answers under status 200 that are none, or end too early. Rules C5, C6, C7 and D7. */
import { describe, test } from 'vitest'
import { type ErrorKind, errorEvent, errorUnder200 } from '../support/fake-upstream/errors.ts'
import { handmadeStream, message } from '../support/fake-upstream/messages.ts'
import { emptyBody, emptyStream, htmlPage } from '../support/fake-upstream/odd-answers.ts'
import { brokenOff } from '../support/fake-upstream/rewriting.ts'
import { cutAt, resetAt, silentAfter } from '../support/fake-upstream/timing.ts'
import { startStand } from '../support/stand.ts'
import { after, cellsOf, expectCell, type Fault, runCell } from './fault-matrix.ts'
import { BLOCK, delta, start } from './frames.ts'
import type { Stop } from './lay-route.ts'

const stand = await startStand(
  {},
  {
    limits: {
      firstByteMs: 300,
      firstContentMs: 1500,
      plainAnswerMs: 1000,
      settleMs: 100,
      pingMs: 60,
      idleMs: 300,
    },
  },
)

/** Before the commit point: another channel may still be tried. */
const failed = (stop: Stop, reason: RegExp, more: Partial<Fault> = {}): Fault => ({
  stop,
  alone: { own: 'upstream_failed' },
  movesOn: true,
  result: ['failed', reason],
  cooldown: null,
  failures: 1,
  ...more,
})
/** After it: nothing is ever retried, and the client is told. */
const begun = (stop: Stop, more: Partial<Fault> = {}): Fault => ({
  stop,
  alone: { begun: 'closed_with_an_error' },
  movesOn: false,
  result: ['ok', null],
  cooldown: null,
  failures: 1,
  only: 'stream',
  ...more,
})
const firstEvent = (kind: ErrorKind, more: Partial<Fault>): Fault =>
  failed(handmadeStream([errorEvent(kind)]), /200 with an error/, { only: 'stream', ...more })

const ONLY_HEAD = 0
const CONTENT = [start(), BLOCK, delta('Once upon a time ')]
const bytesOf = (frames: readonly Buffer[]): number => Buffer.concat(frames).length
const OVERLOADED: Partial<Fault> = {
  alone: { unwrapped: 529 },
  result: ['overloaded', /^is overloaded: 200 with an error: overloaded_error Overloaded$/],
  cooldown: { kind: 'overloaded', until: after(15_000), scope: 'channel', isSoft: true },
  failures: 0,
}
const OUR_KEY: Partial<Fault> = {
  alone: { own: 'channel_credentials_refused' },
  result: ['credential_refused', /^refused our credential: 200 with an error/],
  cooldown: { kind: 'credential_refused', until: after(30 * 60_000), scope: 'channel', isSoft: false },
  failures: 0,
}
const OF_THE_REQUEST: Partial<Fault> = {
  alone: { unwrapped: 400 },
  movesOn: false,
  result: ['request_fault', /prompt is too long/],
  failures: 0,
}
const LATE = { result: ['timed_out', /nothing within/], alone: { own: 'upstream_timeout' } } as const

const FAULTS: Record<string, Fault> = {
  'an overload as the first event': firstEvent('overloaded', OVERLOADED),
  'an overload behind message_start': {
    ...firstEvent('overloaded', OVERLOADED),
    stop: brokenOff(message(), 1),
  },
  'a failure as the first event': firstEvent('internal', { alone: { unwrapped: 500 } }),
  'a refused credential as the first event': firstEvent('authentication', OUR_KEY),
  'an error of the request’s as the first event': firstEvent('prompt_too_long', OF_THE_REQUEST),
  'an error after content': begun(brokenOff(message(), 5), { alone: { begun: 'whole' } }),
  'an empty stream': failed(emptyStream(), /the stream was empty/, { only: 'stream' }),
  'a stream that ends after message_start': failed(handmadeStream([start()]), /ended without content/, {
    only: 'stream',
  }),
  'an empty body': failed(emptyBody(), /200 with an empty body/),
  'HTML under 200': failed(htmlPage(200), /200 with an HTML page/),
  'an overload as JSON under 200': failed(errorUnder200('overloaded'), /./, OVERLOADED),
  'an error of the request’s as JSON under 200': failed(
    errorUnder200('prompt_too_long'),
    /./,
    OF_THE_REQUEST,
  ),
  'silence after the head of a stream': failed(silentAfter(message(), ONLY_HEAD), /./, {
    ...LATE,
    only: 'stream',
  }),
  'silence in the middle of message_start': failed(silentAfter(message(), 40), /./, {
    ...LATE,
    only: 'stream',
  }),
  'silence in the middle of a plain answer': failed(silentAfter(message(), 40), /./, {
    ...LATE,
    only: 'plain',
    movesOn: false,
  }),
  // C6: a second after message_start a stream is trusted without content.
  'silence after message_start': begun(silentAfter(handmadeStream(CONTENT), bytesOf([start()]))),
  'silence after content': begun(silentAfter(handmadeStream(CONTENT), bytesOf(CONTENT))),
  'silence in the middle of a frame after content': begun(
    silentAfter(handmadeStream([...CONTENT, delta('there was')]), bytesOf(CONTENT) + 20),
  ),
  'cut before content': failed(cutAt(message(), 40), /the connection broke/),
  'reset before content': failed(resetAt(handmadeStream([start()]), 40), /the connection broke/, {
    only: 'stream',
  }),
  'cut after content': begun(cutAt(handmadeStream(CONTENT), bytesOf(CONTENT))),
  'cut in the middle of a frame': begun(cutAt(message(), 700)),
  'ended after content, without message_stop': begun(handmadeStream(CONTENT)),
}

for (const [name, fault] of Object.entries(FAULTS)) {
  describe(name, () => {
    for (const [cellName, cell] of cellsOf(fault)) {
      test(cellName, async () => expectCell(cell, await runCell(stand, cell)))
    }
  })
}
