import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { AnswerParser } from './answer-parser.ts'

/** What a parser made of an answer that came in these reads. */
function read(reads: readonly Buffer[], closes = false) {
  const seen = { status: 0, rawHeaders: [] as readonly string[], body: '', bodyReads: 0 }
  const parser = new AnswerParser({
    onHead: ({ status, rawHeaders }) => Object.assign(seen, { status, rawHeaders }),
    onBody: (bytes) => {
      seen.body += bytes.toString('latin1')
      seen.bodyReads += 1
    },
  })
  parser.begin()
  for (const bytes of reads) {
    if (parser.isOver || parser.fault !== null) break
    parser.feed(Buffer.from(bytes))
  }
  if (closes) parser.close()
  const { isOver, isReusable, keepAliveMs, fault } = parser
  return { ...seen, isOver, isReusable, keepAliveMs, fault }
}

const readText = (text: string, closes = false) => read([Buffer.from(text, 'latin1')], closes)

/** The same bytes in reads of the given lengths. */
function cut(bytes: Buffer, lengths: readonly number[]): Buffer[] {
  const reads: Buffer[] = []
  let at = 0
  for (const length of lengths) {
    if (at >= bytes.length) break
    reads.push(bytes.subarray(at, at + length))
    at += length
  }
  if (at < bytes.length) reads.push(bytes.subarray(at))
  return reads
}

const anyName = fc.stringMatching(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,24}$/).filter((name) => !isFraming(name))
const isFraming = (name: string) => /^(?:content-length|transfer-encoding|connection|keep-alive)$/i.test(name)
const anyValue = fc.stringMatching(
  /^(?:[\x21-\x7e\x80-\xff](?:[\t\x20-\x7e\x80-\xff]{0,30}[\x21-\x7e\x80-\xff])?)?$/,
)
const anyHeaders = fc.array(fc.tuple(anyName, anyValue, fc.constantFrom('', ' ', '\t', '  ')), {
  maxLength: 12,
})
const anyBody = fc.uint8Array({ maxLength: 600 }).map((bytes) => Buffer.from(bytes).toString('latin1'))
const anyCuts = fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 60 })
const anyInterim = fc.array(
  fc.constantFrom('HTTP/1.1 100 Continue\r\n\r\n', 'HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n'),
  {
    maxLength: 2,
  },
)

/** A body in chunks of some lengths, with extensions, and trailers behind it. */
const inChunks = (body: string, lengths: readonly number[], extra: string, trailers: string): string => {
  let text = ''
  for (const piece of cut(Buffer.from(body, 'latin1'), lengths))
    text += `${piece.length.toString(16)}${extra}\r\n${piece.toString('latin1')}\r\n`
  return `${text}0\r\n${trailers}\r\n`
}

const anyAnswer = fc
  .record({
    interim: anyInterim,
    status: fc.integer({ min: 200, max: 599 }).filter((status) => status !== 204 && status !== 304),
    phrase: fc.constantFrom('', ' ', ' OK', ' Not so\tgood \xe9'),
    headers: anyHeaders,
    body: anyBody,
    framing: fc.constantFrom('length', 'chunks', 'close'),
    lengths: anyCuts,
    extra: fc.constantFrom('', ';a', ';a=b;c="d e"'),
    trailers: fc.constantFrom('', 'x-sum: 1\r\n', 'a:\r\nb: 2\r\n'),
  })
  .map((made) => {
    const framings = {
      length: [`Content-Length: ${made.body.length}\r\n`, made.body],
      chunks: [
        'transfer-encoding: Chunked\r\n',
        inChunks(made.body, made.lengths, made.extra, made.trailers),
      ],
      close: ['', made.body],
    } as const
    const [header, rest] = framings[made.framing as keyof typeof framings]
    const lines = made.headers.map(([name, value, blank]) => `${name}:${blank}${value}${blank}\r\n`).join('')
    const text = `${made.interim.join('')}HTTP/1.1 ${made.status}${made.phrase}\r\n${lines}${header}\r\n${rest}`
    return { ...made, bytes: Buffer.from(text, 'latin1') }
  })

describe('any answer, cut up anyhow', () => {
  test('has the same head, the same body and the same end', () => {
    fc.assert(
      fc.property(anyAnswer, anyCuts, (answer, cuts) => {
        const seen = read(cut(answer.bytes, cuts), answer.framing === 'close')
        const framing = answer.framing === 'close' ? 0 : 2
        expect(seen.status).toBe(answer.status)
        expect(seen.rawHeaders.slice(0, answer.headers.length * 2)).toEqual(
          answer.headers.flatMap((line) => line.slice(0, 2)),
        )
        expect(seen.rawHeaders.length).toBe(answer.headers.length * 2 + framing)
        expect(seen.body).toBe(answer.body)
        expect([seen.isOver, seen.fault, seen.isReusable]).toEqual([true, null, answer.framing !== 'close'])
      }),
      { numRuns: 1500 },
    )
  })

  test('that stops short of its end is no answer', () => {
    fc.assert(
      fc.property(anyAnswer, anyCuts, fc.nat(), (answer, cuts, keep) => {
        const kept = answer.bytes.subarray(0, keep % answer.bytes.length)
        const seen = read(cut(kept, cuts), true)
        const isHeadWhole = seen.status !== 0
        if (answer.framing === 'close' && isHeadWhole) expect(seen.fault).toBeNull()
        else expect([seen.isOver, seen.fault]).toEqual([false, 'EARLY_CLOSE'])
        expect(answer.body.startsWith(seen.body)).toBe(true)
      }),
      { numRuns: 1500 },
    )
  })

  test('with any bytes damaged never gives a body that one read alone would not give', () => {
    const damage = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), {
      minLength: 1,
      maxLength: 3,
    })
    fc.assert(
      fc.property(anyAnswer, anyCuts, damage, (answer, cuts, hits) => {
        const bytes = Buffer.from(answer.bytes)
        for (const [place, byte] of hits) bytes[place % bytes.length] = byte
        const { bodyReads: _, ...whole } = read([bytes], true)
        const { bodyReads: __, ...inPieces } = read(cut(bytes, cuts), true)
        // In pieces nothing is read behind the end, so that what lies there is not seen by this test.
        expect({ ...inPieces, isReusable: null }).toEqual({ ...whole, isReusable: null })
        expect(whole.isOver || whole.fault !== null).toBe(true)
      }),
      { numRuns: 3000 },
    )
  })
})

test('any bytes at all come to an end, or are refused', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), anyCuts, (bytes, cuts) => {
      const seen = read(cut(Buffer.from(bytes), cuts), true)
      expect(seen.isOver || seen.fault !== null).toBe(true)
    }),
  )
})

const HEAD = 'HTTP/1.1 200 OK\r\n'
const CHUNKED = `${HEAD}transfer-encoding: chunked\r\n\r\n`

/** Each is refused with what has come; nobody has to wait for more. */
const REFUSED: Readonly<Record<string, string>> = {
  'another protocol': 'SSH-2.0-OpenSSH_9.6\r\n',
  'a request': 'POST /v1/messages HTTP/1.1\r\n\r\n',
  'HTTP/2': 'HTTP/2.0 200 OK\r\n\r\n',
  'HTTP/0.9': 'HTTP/0.9 200 OK\r\n\r\n',
  'a status of two digits': 'HTTP/1.1 20 OK\r\n\r\n',
  'a status of four digits': 'HTTP/1.1 2000 OK\r\n\r\n',
  'a status below 100': 'HTTP/1.1 099 OK\r\n\r\n',
  'two spaces before the status': 'HTTP/1.1  200 OK\r\n\r\n',
  'an empty line before the status line': `\r\n${HEAD}\r\n`,
  'a line that ends with a bare line feed': 'HTTP/1.1 200 OK\ncontent-length: 0\n\n',
  'a header line that ends with a bare line feed': `${HEAD}a: b\ncontent-length: 0\r\n\r\n`,
  'a bare carriage return in a value': `${HEAD}a: b\rc\r\ncontent-length: 0\r\n\r\n`,
  'a folded line': `${HEAD}a: b\r\n c\r\ncontent-length: 0\r\n\r\n`,
  'a space before the colon': `${HEAD}content-length : 0\r\n\r\n`,
  'a line without a colon': `${HEAD}content-length 0\r\n\r\n`,
  'a header without a name': `${HEAD}: 0\r\n\r\n`,
  'NUL in a value': `${HEAD}a: b\0\r\ncontent-length: 0\r\n\r\n`,
  'DEL in a value': `${HEAD}a: b\x7f\r\ncontent-length: 0\r\n\r\n`,
  'a name that is no token': `${HEAD}a(b): c\r\ncontent-length: 0\r\n\r\n`,
  'two lengths': `${HEAD}content-length: 1\r\nContent-Length: 2\r\n\r\nab`,
  'one length twice': `${HEAD}content-length: 1\r\nContent-Length: 1\r\n\r\na`,
  'a list of lengths': `${HEAD}content-length: 1, 1\r\n\r\na`,
  'a negative length': `${HEAD}content-length: -1\r\n\r\na`,
  'a signed length': `${HEAD}content-length: +1\r\n\r\na`,
  'a hexadecimal length': `${HEAD}content-length: 0x1\r\n\r\na`,
  'an empty length': `${HEAD}content-length:\r\n\r\n`,
  'a length beyond all measure': `${HEAD}content-length: 99999999999999999999\r\n\r\na`,
  'a length and chunks': `${HEAD}content-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`,
  'chunks and a length': `${HEAD}transfer-encoding: chunked\r\ncontent-length: 5\r\n\r\n0\r\n\r\n`,
  'another coding': `${HEAD}transfer-encoding: gzip\r\n\r\n`,
  'another coding below the chunks': `${HEAD}transfer-encoding: gzip, chunked\r\n\r\n0\r\n\r\n`,
  'chunks twice': `${HEAD}transfer-encoding: chunked\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`,
  'chunks of HTTP/1.0': 'HTTP/1.0 200 OK\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
  'a chunk without a size': `${CHUNKED}\r\nabc\r\n0\r\n\r\n`,
  'a size that is no number': `${CHUNKED}xyz\r\n`,
  'a size with a sign': `${CHUNKED}+1\r\na\r\n0\r\n\r\n`,
  'a size with 0x': `${CHUNKED}0x1\r\na\r\n0\r\n\r\n`,
  'a size with a space behind it': `${CHUNKED}1 \r\na\r\n0\r\n\r\n`,
  'a size beyond all measure': `${CHUNKED}ffffffffffffffff\r\n`,
  'a size that ends with a bare line feed': `${CHUNKED}1\na\r\n0\r\n\r\n`,
  'a chunk longer than its size': `${CHUNKED}1\r\nab\r\n0\r\n\r\n`,
  'a chunk that ends with a bare line feed': `${CHUNKED}1\r\na\n0\r\n\r\n`,
  'a control character in an extension': `${CHUNKED}1;a\0\r\na\r\n0\r\n\r\n`,
  'a bare line feed behind the last chunk': `${CHUNKED}0\n\n`,
  'a trailer that is none': `${CHUNKED}0\r\nno trailer\r\n\r\n`,
  'a folded trailer': `${CHUNKED}0\r\na: b\r\n c\r\n\r\n`,
  'an upgrade that nobody asked for': 'HTTP/1.1 101 Switching\r\nupgrade: h2c\r\n\r\n',
  'a head without end': `${HEAD}a: ${'b'.repeat(70_000)}`,
  'a head that is too large': `${HEAD}a: ${'b'.repeat(70_000)}\r\n\r\n`,
  'trailers without end': `${CHUNKED}0\r\n${'a: b\r\n'.repeat(5000)}`,
}

describe('what is not in the RFC is refused', () => {
  for (const [name, text] of Object.entries(REFUSED)) {
    test(name, () => {
      const seen = readText(text)
      expect(seen.isOver).toBe(false)
      expect(seen.fault).not.toBeNull()
    })
  }
})

describe('another request may follow', () => {
  const KEPT: Readonly<Record<string, string>> = {
    'after a length': `${HEAD}content-length: 2\r\n\r\nab`,
    'after chunks': `${CHUNKED}2\r\nab\r\n0\r\n\r\n`,
    'after no content': 'HTTP/1.1 204 No Content\r\n\r\n',
    'when the upstream says so': `${HEAD}connection: keep-alive, x-one\r\ncontent-length: 0\r\n\r\n`,
  }
  const DROPPED: Readonly<Record<string, string>> = {
    'when the upstream says that it closes': `${HEAD}Connection: x-one , Close\r\ncontent-length: 0\r\n\r\n`,
    'to HTTP/1.0': 'HTTP/1.0 200 OK\r\nconnection: keep-alive\r\ncontent-length: 0\r\n\r\n',
    'when more came than the answer': `${HEAD}content-length: 2\r\n\r\nabHTTP/1.1 200 OK\r\n\r\n`,
    'when more came than the chunks': `${CHUNKED}0\r\n\r\nx`,
    'when a body is declared that may not be there': 'HTTP/1.1 204 No\r\ncontent-length: 2\r\n\r\n',
  }
  for (const [name, text] of Object.entries(KEPT))
    test(name, () => expect(readText(text)).toMatchObject({ isOver: true, isReusable: true }))
  for (const [name, text] of Object.entries(DROPPED))
    test(`not ${name}`, () => expect(readText(text)).toMatchObject({ isOver: true, isReusable: false }))
})

test('how long the upstream keeps the connection is read', () => {
  const answer = `${HEAD}Keep-Alive: max=5, timeout=7\r\ncontent-length: 0\r\n\r\n`
  expect(readText(answer).keepAliveMs).toBe(7000)
})

test('all that one read brings of a body in chunks is passed on in one piece', () => {
  const event = 'event: ping\ndata: {}\n\n'
  const chunk = `${event.length.toString(16)}\r\n${event}\r\n`
  const seen = readText(CHUNKED + chunk.repeat(56))
  expect([seen.bodyReads, seen.body]).toEqual([1, event.repeat(56)])
})
