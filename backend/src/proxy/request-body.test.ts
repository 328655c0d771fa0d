/** A body in pieces is what the same bytes in one buffer are, however they were cut. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { RequestBody } from './request-body.ts'

/** Bytes, and the lengths of the pieces that they come in. */
const cutBytes = fc
  .tuple(fc.uint8Array({ maxLength: 60_000 }), fc.array(fc.nat(20_000), { maxLength: 8 }))
  .map(([bytes, lengths]) => ({ bytes: Buffer.from(bytes), pieces: cut(Buffer.from(bytes), lengths) }))

function cut(bytes: Buffer, lengths: readonly number[]): Buffer[] {
  const pieces: Buffer[] = []
  let at = 0
  for (const length of lengths) {
    pieces.push(bytes.subarray(at, at + length))
    at += length
  }
  return [...pieces, bytes.subarray(at)]
}

const joined = (sent: Buffer | readonly Buffer[]): Buffer =>
  Buffer.isBuffer(sent) ? sent : Buffer.concat(sent)

test('whole and as it is sent, a body has the bytes of its pieces', () => {
  fc.assert(
    fc.property(cutBytes, ({ bytes, pieces }) => {
      const body = new RequestBody(pieces)
      expect(body.length).toBe(bytes.length)
      expect(joined(body.asSent()).equals(bytes)).toBe(true)
      expect(body.whole().equals(bytes)).toBe(true)
    }),
  )
})

test('with other bytes in a place, all others stay, wherever the pieces were cut', () => {
  fc.assert(
    fc.property(
      cutBytes,
      fc.nat(70_000),
      fc.nat(70_000),
      fc.uint8Array({ maxLength: 40 }),
      ({ bytes, pieces }, one, other, put) => {
        const start = Math.min(one, other, bytes.length)
        const end = Math.min(Math.max(one, other), bytes.length)
        const expected = Buffer.concat([bytes.subarray(0, start), put, bytes.subarray(end)])
        const sent = new RequestBody(pieces).sentWith(start, end, Buffer.from(put))
        expect(joined(sent).equals(expected)).toBe(true)
      },
    ),
  )
})

test('a body that came in one piece is not copied', () => {
  const piece = Buffer.from('{"model":"m"}')
  const body = new RequestBody([piece])
  expect(body.asSent()).toBe(piece)
  expect(body.whole()).toBe(piece)
})
