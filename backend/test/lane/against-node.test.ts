/** The lane for messages against `node:http` alone, on real sockets: the same bytes must be read as the same requests. */
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { cutUp } from '../support/cut-up.ts'
import { anyCase } from './any-requests.ts'
import { saidTo, startEchoServers } from './echo-servers.ts'

const servers = await startEchoServers()
afterAll(() => servers.close())

/** Status and body of each answer; which headers of its own a server adds, and in which spelling, is its affair. */
function answersIn(said: string): string[] {
  return said.split(/(?=HTTP\/1\.1 \d\d\d )/).map((answer) => {
    const [head = '', body = ''] = answer.split('\r\n\r\n')
    return `${head.slice(0, 'HTTP/1.1 200'.length)} ${body}`
  })
}

const MALFORMED = 'HTTP/1.1 400'

/** After so much nothing more comes: few requests never end, and keep both silent. */
const SILENCE_MS = 1500

test('whatever bytes come, on whatever cuts, the lane answers them as node:http alone would', async () => {
  await fc.assert(
    fc.asyncProperty(anyCase, async ({ text, cuts }) => {
      const writes = cutUp(Buffer.from(text, 'latin1'), cuts)
      const [alone, laned] = await Promise.all(
        [servers.withoutLane, servers.withLane].map((port) => saidTo(port, writes, SILENCE_MS)),
      )
      const { withoutLane, withLane } = servers.readHeads()
      const given = answersIn(laned ?? '')
      const expected = answersIn(alone ?? '')
      if (expected.some((answer) => answer.startsWith(MALFORMED))) {
        // What is still read behind a malformed request, and which answers go out before it, depends on packets and time.
        const count = Math.min(withLane.length, withoutLane.length)
        expect(withLane.slice(0, count)).toEqual(withoutLane.slice(0, count))
        expect(given.join()).toContain(MALFORMED)
      } else {
        expect(withLane).toEqual(withoutLane)
        expect(given).toEqual(expected)
      }
    }),
    { numRuns: 3000 },
  )
  // What is compared must have been the lane's own in good part.
  expect(servers.laneCalls()).toBeGreaterThan(300)
}, 300_000)
