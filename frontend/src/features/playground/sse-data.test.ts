/** Events of a stream, wherever its bytes are cut. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sseData } from './sse-data.ts'

async function readAll(bytes: Uint8Array<ArrayBuffer>, cuts: readonly number[]): Promise<unknown[]> {
  const ends = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b)
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start(controller) {
      let from = 0
      for (const end of [...ends, bytes.length]) {
        if (end > from) controller.enqueue(bytes.slice(from, end))
        from = Math.max(from, end)
      }
      controller.close()
    },
  })
  const found: unknown[] = []
  for await (const data of sseData(body)) found.push(data)
  return found
}
const read = (text: string, cuts: readonly number[] = []) => readAll(new TextEncoder().encode(text), cuts)

const EVENTS = [{ type: 'ping' }, { text: 'Grüße, 世界 🌍' }, { text: 'a\n\nb' }]

test.each([['\n'], ['\r\n']])('events come whole, wherever the bytes are cut (line end %j)', async (end) => {
  const text = EVENTS.map((event) => `event: x${end}data: ${JSON.stringify(event)}${end}${end}`).join('')
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat()), async (cuts) => {
      expect(await read(text, cuts)).toEqual(EVENTS)
    }),
  )
})

test('comments and what is no JSON are passed over, and an event without its end does not count', async () => {
  expect(await read(': ping\n\ndata: [DONE]\n\ndata:1\n\ndata: {"half":')).toEqual([1])
})

test('data over several lines is one', async () => {
  expect(await read('data: {"a":\ndata: 1}\n\n')).toEqual([{ a: 1 }])
})
