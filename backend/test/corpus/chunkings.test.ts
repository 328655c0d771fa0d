/**
 * E1, E2: the answers of the corpus read and charged without a gateway around: wherever the network cuts a stream, and
 * whichever way its lines end, it comes to the invoice that was worked out by hand.
 */
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { costOf } from '../../src/domain/cost.ts'
import { FrameSplitter } from '../../src/domain/sse-frames.ts'
import { textFloor } from '../../src/domain/usage.ts'
import { usageFromMessage } from '../../src/domain/usage-reading.ts'
import { StreamMeter } from '../../src/proxy/stream-meter.ts'
import { priceListOf } from '../support/price-list.ts'
import { type CorpusAnswer, corpus, linesOf, withCrlf } from './corpus.ts'

const PRICES = new URL('../../prices/claude-prices.json', import.meta.url)
const prices = priceListOf(JSON.parse(readFileSync(PRICES, 'utf8')))
const AT_MS = Date.UTC(2026, 10, 22)

/** Reads the whole frames in the chunks; the half of one that a cut leaves is never passed on. */
function read(chunks: Iterable<Buffer>): StreamMeter {
  const splitter = new FrameSplitter()
  const meter = new StreamMeter()
  for (const chunk of chunks) meter.read(splitter.push(chunk))
  return meter
}

function invoiceOf(meter: StreamMeter, asked: string) {
  const usage = meter.hasFinalUsage ? meter.usage : textFloor(meter.usage, meter.textCharacters)
  const { totalNanoUsd, estimated, price } = costOf(usage, {
    prices,
    model: meter.answeredModel ?? asked,
    atMs: AT_MS,
  })
  return { totalNanoUsd, estimated, lines: linesOf(price.lines) }
}

const expectedOf = ({ invoice }: CorpusAnswer) => ({
  totalNanoUsd: invoice.total_nano_usd,
  estimated: invoice.estimated,
  lines: invoice.lines,
})

/** The bytes in chunks of these sizes in turn. */
function* cut(bytes: Buffer, sizes: readonly number[]): Generator<Buffer> {
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const size = sizes[turn % sizes.length] ?? bytes.length
    yield bytes.subarray(at, at + size)
    at += size
  }
}

const STREAMS = corpus.filter(({ isStream }) => isStream)

describe.each(STREAMS.map((answer) => [answer.name, answer] as const))('%s', (_, answer) => {
  const { invoice } = answer
  const expected = expectedOf(answer)
  const forms = [answer.bytes, withCrlf(answer.bytes)]

  test('E1: cut in two at every byte, and into single bytes', () => {
    for (const bytes of forms) {
      const wrong: number[] = []
      for (let at = 0; at <= bytes.length; at++) {
        const meter = read([bytes.subarray(0, at), bytes.subarray(at)])
        if (invoiceOf(meter, invoice.asked).totalNanoUsd !== expected.totalNanoUsd) wrong.push(at)
      }
      expect(wrong).toEqual([])
      expect(invoiceOf(read(cut(bytes, [1])), invoice.asked)).toEqual(expected)
    }
  })

  test('E1: cut anywhere, and several times', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1 })
    fc.assert(
      fc.property(fc.constantFrom(...forms), sizes, (bytes, chunks) => {
        expect(invoiceOf(read(cut(bytes, chunks)), invoice.asked)).toEqual(expected)
      }),
      { numRuns: 50 },
    )
  })
})

describe('E3: of a message', () => {
  // Those without a usage are charged by their text, which only the proxy reads.
  const counted = corpus.filter(({ isStream, bytes }) => !isStream && bytes.includes('"input_tokens"'))

  test.each(counted.map((answer) => [answer.name, answer] as const))('%s', (_, answer) => {
    const message = JSON.parse(answer.bytes.toString('utf8')) as { model: string; usage: unknown }
    const { totalNanoUsd, estimated, price } = costOf(usageFromMessage(message.usage), {
      prices,
      model: message.model,
      atMs: AT_MS,
    })
    expect({ totalNanoUsd, estimated, lines: linesOf(price.lines) }).toEqual(expectedOf(answer))
  })
})

test('the corpus is one: every answer has its invoice, and its lines add up to its total', () => {
  expect(corpus.length).toBeGreaterThan(60)
  const sums = corpus.map(({ name, invoice }) => [
    name,
    invoice.lines.reduce((sum, line) => sum + line[5], 0),
  ])
  expect(sums).toEqual(corpus.map(({ name, invoice }) => [name, invoice.total_nano_usd]))
})
