/** What is known of a connection's last head changes nothing of how the next one is read. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { FamiliarHead } from './familiar-head.ts'
import { readMessageHead } from './message-head.ts'

const headOf = (length: string, key: string): string =>
  `POST /v1/messages?beta=true HTTP/1.1\r\nhost: gateway\r\nContent-Length: ${length}\r\nx-api-key: ${key}\r\n\r\n`

/** The same head nearly always, and now and then one that differs by a little, or is cut. */
const anyLength = fc.oneof(
  { weight: 6, arbitrary: fc.nat().map(String) },
  fc.constantFrom(
    '',
    '-1',
    '1 ',
    ' 7',
    '007',
    '1x',
    '1, 1',
    '999999999999999',
    '1000000000000000',
    '3\r\nx: y',
  ),
)
const anyKey = fc.oneof(
  { weight: 6, arbitrary: fc.constant('gk-one') },
  fc.constantFrom('gk-two', 'gk-one2', ''),
)
const anyBytes = fc
  .tuple(
    anyLength,
    anyKey,
    fc.constantFrom('', '{}', 'POST / HTTP/1.1\r\n'),
    fc.option(fc.nat(120)),
    fc.option(fc.nat(120)),
  )
  .map(([length, key, behind, cut, changed]) => {
    const bytes = Buffer.from(`${headOf(length, key)}${behind}`, 'latin1')
    if (changed !== null && changed % 7 === 0 && changed < bytes.length) bytes[changed] = 0x41
    return cut !== null && cut % 5 === 0 ? bytes.subarray(0, cut) : bytes
  })

test('whatever heads follow each other, each is read as if it were the first', () => {
  let reused = 0
  fc.assert(
    fc.property(fc.array(anyBytes, { minLength: 2, maxLength: 8 }), (requests) => {
      const heads = new FamiliarHead()
      let last: readonly string[] | undefined
      for (const bytes of requests) {
        const head = heads.read(bytes)
        expect(head).toEqual(readMessageHead(bytes))
        if (head !== null && head.rawHeaders === last) reused++
        last = head?.rawHeaders
      }
    }),
    { numRuns: 2000 },
  )
  // Or the property would say nothing of it.
  expect(reused).toBeGreaterThan(1000)
})

test('the same head gives the same list of headers, whatever its length says', () => {
  const heads = new FamiliarHead()
  const read = (length: number, key = 'gk-one') => heads.read(Buffer.from(headOf(String(length), key)))
  read(7)
  const first = read(12)
  expect(read(3_000)).toEqual({ ...first, bodyBytes: 3_000, endsAt: 2 + (first?.endsAt ?? 0) })
  expect(read(3_000)?.rawHeaders).toBe(first?.rawHeaders)
  expect(read(3_000, 'gk-two')?.rawHeaders).not.toBe(first?.rawHeaders)
})

test('nothing is kept of the buffer in which a head came', () => {
  const heads = new FamiliarHead()
  const bytes = Buffer.from(headOf('12', 'gk-one'))
  heads.read(bytes)
  const first = heads.read(bytes)
  const again = Buffer.from(bytes)
  bytes.fill(0)
  expect(heads.read(again)?.rawHeaders).toBe(first?.rawHeaders)
})
