/** The fault matrix, first part: connections that do not come about, break, or stay silent. Rules D2, D6 and D7. */
import { afterAll, describe, test } from 'vitest'
import { hangUp, silence } from '../support/fake-upstream/odd-answers.ts'
import { startSelfSigned } from '../support/self-signed.ts'
import { startStand } from '../support/stand.ts'
import { after, cellsOf, type ExpectedCooldown, expectCell, type Fault, runCell } from './fault-matrix.ts'

const stand = await startStand(
  {},
  { limits: { firstByteMs: 300, firstContentMs: 1500, plainAnswerMs: 1000 } },
)
const stranger = await startSelfSigned()
afterAll(() => stranger.close())

const FOR_A_MOMENT: ExpectedCooldown = {
  kind: 'unreachable',
  until: after(10_000),
  scope: 'channel',
  isSoft: true,
}
const unreachable = (base_url: string, reason: RegExp): Fault => ({
  stop: { base_url },
  alone: { own: 'upstream_unreachable' },
  movesOn: true,
  result: ['unreachable', reason],
  cooldown: FOR_A_MOMENT,
  failures: 1,
})
const broken = (how: 'cut' | 'reset'): Fault => ({
  stop: hangUp(how),
  alone: { own: 'upstream_failed' },
  movesOn: true,
  result: ['failed', /the connection broke/],
  cooldown: null,
  failures: 1,
})
const silent: Fault = {
  stop: silence(),
  alone: { own: 'upstream_timeout' },
  movesOn: true,
  result: ['timed_out', /did not answer in time: nothing within/],
  cooldown: null,
  failures: 1,
}

const FAULTS: Record<string, Fault> = {
  'a refused connection': unreachable('http://127.0.0.1:1', /the connection was refused/),
  'TLS where plain HTTP is spoken': unreachable(
    stand.upstream.url.replace('http:', 'https:'),
    /the connection could not be secured/,
  ),
  'a self-signed certificate': unreachable(stranger.url, /its certificate is self-signed/),
  'a name that DNS does not know': unreachable('http://upstream.invalid', /DNS/),
  'a connection closed before the status': broken('cut'),
  'a reset before the status': broken('reset'),
  'silence before the status of a stream': { ...silent, only: 'stream' },
  // A plain answer comes whole, as late as it takes: a silence tells nothing before its deadline is over.
  'silence before the status of a plain answer': { ...silent, only: 'plain', movesOn: false },
}

for (const [name, fault] of Object.entries(FAULTS)) {
  describe(name, () => {
    for (const [cellName, cell] of cellsOf(fault)) {
      test(cellName, async () => expectCell(cell, await runCell(stand, cell)))
    }
  })
}
