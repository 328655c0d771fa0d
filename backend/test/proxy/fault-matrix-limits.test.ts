/** The fault matrix, third part: 429 in all its forms, and for how long which part of a channel rests. Rules D4, D7. */
import { describe, test } from 'vitest'
import { errorEvent, rateLimited } from '../support/fake-upstream/errors.ts'
import { handmadeStream } from '../support/fake-upstream/messages.ts'
import { rawAnswer } from '../support/fake-upstream/odd-answers.ts'
import { withHeaders } from '../support/fake-upstream/rewriting.ts'
import { startStand } from '../support/stand.ts'
import { after, cellsOf, type ExpectedCooldown, expectCell, type Fault, runCell } from './fault-matrix.ts'
import type { Stop } from './lay-route.ts'

const stand = await startStand()

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

interface Limit {
  readonly until: ExpectedCooldown['until']
  readonly scope?: 'channel' | 'model'
  readonly isSoft?: boolean
  /** What of a wait the client is told. */
  readonly headers?: Record<string, string>
}

function limited(stop: Stop, { until, scope = 'model', isSoft = false, headers = {} }: Limit): Fault {
  return {
    stop,
    alone: { passed: 429, headers: { 'x-should-retry': 'true', ...headers } },
    movesOn: true,
    result: ['limited', /^is rate limited: 429 rate_limit_error/],
    cooldown: { kind: 'limited', until, scope, isSoft },
    failures: 0,
  }
}

/** In whole seconds, as headers have it. */
const inTime = (ms: number): number => Math.ceil((Date.now() + ms) / SECOND) * SECOND

const date = new Date(inTime(20 * MINUTE))
const longAgo = new Date(Date.now() - HOUR)
const resetAtMs = inTime(2 * HOUR)
const unified = (claim: 'five_hour' | 'seven_day'): Stop => rateLimited({ unified: { claim, resetAtMs } })
const ofOpus = withHeaders(rateLimited({ unified: { claim: 'seven_day', resetAtMs } }), {
  'anthropic-ratelimit-unified-representative-claim': 'seven_day_opus',
})
const withBoth = rateLimited({ retryAfterSeconds: 45, unified: { claim: 'five_hour', resetAtMs } })
const FOR_A_MOMENT: Limit = { until: after(5 * SECOND), isSoft: true }

const slowDown: Stop = ({ requestId }) => rawAnswer(429, { 'request-id': requestId }, 'slow down')

const FAULTS: Record<string, Fault> = {
  '429 with seconds': limited(rateLimited({ retryAfterSeconds: 40 }), {
    until: after(40 * SECOND),
    headers: { 'retry-after': '40' },
  }),
  '429 with seconds beyond half an hour, which is the cap': limited(
    rateLimited({ retryAfterSeconds: 7200 }),
    {
      until: after(30 * MINUTE),
      headers: { 'retry-after': '7200' },
    },
  ),
  '429 with a date': limited(rateLimited({ retryAfterDate: date }), {
    until: () => date.getTime(),
    headers: { 'retry-after': date.toUTCString() },
  }),
  '429 with a date that is over': limited(rateLimited({ retryAfterDate: longAgo }), {
    ...FOR_A_MOMENT,
    headers: { 'retry-after': longAgo.toUTCString() },
  }),
  '429 with milliseconds': limited(rateLimited({ retryAfterMs: 2500 }), {
    until: after(2500),
    headers: { 'retry-after-ms': '2500' },
  }),
  '429 with milliseconds and seconds: the exact one counts': limited(
    rateLimited({ retryAfterMs: 2500, retryAfterSeconds: 3 }),
    { until: after(2500), headers: { 'retry-after-ms': '2500', 'retry-after': '3' } },
  ),
  '429 with the five-hour window: the whole account, beyond the cap': limited(unified('five_hour'), {
    until: () => resetAtMs,
    scope: 'channel',
  }),
  '429 with the seven-day window': limited(unified('seven_day'), {
    until: () => resetAtMs,
    scope: 'channel',
  }),
  '429 with the window of one model family': limited(ofOpus, { until: () => resetAtMs }),
  '429 with a window and seconds: the window counts': limited(withBoth, {
    until: () => resetAtMs,
    scope: 'channel',
    headers: { 'retry-after': '45' },
  }),
  '429 without a header': limited(rateLimited(), FOR_A_MOMENT),
  '429 with a header that means nothing': limited(withHeaders(rateLimited(), { 'retry-after': 'soon' }), {
    ...FOR_A_MOMENT,
    headers: { 'retry-after': 'soon' },
  }),
  '429 of a relay, in no shape at all': {
    ...limited(slowDown, FOR_A_MOMENT),
    alone: { passed: 429 },
    result: ['limited', /^is rate limited: 429 slow down$/],
  },
  'a limit as the first event of a stream': {
    ...limited(handmadeStream([errorEvent('rate_limited')]), FOR_A_MOMENT),
    alone: { unwrapped: 429 },
    result: ['limited', /^is rate limited: 200 with an error: rate_limit_error/],
    only: 'stream',
  },
}

for (const [name, fault] of Object.entries(FAULTS)) {
  describe(name, () => {
    for (const [cellName, cell] of cellsOf(fault)) {
      test(cellName, async () => expectCell(cell, await runCell(stand, cell)))
    }
  })
}
