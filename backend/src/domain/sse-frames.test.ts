import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FrameSplitter, scanFrames } from './sse-frames.ts'

const frame = fc
  .tuple(
    fc.constantFrom('\n', '\r\n'),
    fc.array(fc.constantFrom('event: a', 'data: {"x":1}', 'data:', ': comment', 'id: 7', 'data: é…'), {
      maxLength: 4,
    }),
  )
  .map(([newline, lines]) => lines.map((line) => line + newline).join('') + newline)

const chunked = (bytes: Buffer, cuts: number[]): Buffer[] => {
  const edges = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b)
  return [...edges, bytes.length].map((edge, index) =>
    bytes.subarray(index === 0 ? 0 : edges[index - 1], edge),
  )
}

describe('cutting a stream at the ends of its frames', () => {
  test('nothing is lost or changed, and only whole frames come out, at every chunking', () => {
    fc.assert(
      fc.property(
        fc.array(frame, { maxLength: 6 }),
        fc.string(),
        fc.array(fc.nat()),
        (frames, tail, cuts) => {
          const bytes = Buffer.from(frames.join('') + tail)
          const splitter = new FrameSplitter()
          const out: Buffer[] = []
          for (const chunk of chunked(bytes, cuts)) {
            const whole = splitter.push(chunk)
            if (whole.length > 0) expect(whole.toString('latin1')).toMatch(/(^|\n)\r?\n$/)
            out.push(whole)
          }
          expect(Buffer.concat([...out, splitter.flush()])).toEqual(bytes)
        },
      ),
    )
  })

  test('a frame is let through with the byte that ends it', () => {
    const splitter = new FrameSplitter()
    const text = 'event: a\r\ndata: 1\r\n\r\n'
    const sizes = [...text].map((character) => splitter.push(Buffer.from(character)).length)
    expect(sizes.slice(0, -1).every((size) => size === 0)).toBe(true)
    expect(sizes.at(-1)).toBe(text.length)
  })

  test('a line of many megabytes in small chunks takes no quadratic time', () => {
    const splitter = new FrameSplitter()
    const started = performance.now()
    for (let index = 0; index < 20_000; index++) splitter.push(Buffer.alloc(200, 0x61))
    expect(splitter.push(Buffer.from('\n\n')).length).toBe(4_000_002)
    expect(performance.now() - started).toBeLessThan(1500)
  })
})

test('names the frames and finds their data', () => {
  const text = Buffer.from(
    ': hello\n\nevent: ping\ndata: {"type": "ping"}\n\ndata:{"a":1}\r\nid: 3\r\n\r\nevent:x\n\nevent: two\ndata: 1\ndata: 2\n\n',
  )
  const seen: string[] = []
  scanFrames(text, (event, start, end) => seen.push(`${event}=${text.toString('utf8', start, end)}`))
  expect(seen).toEqual(['ping={"type": "ping"}', '={"a":1}', 'two=1'])
})
