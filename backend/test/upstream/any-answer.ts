/** Answers of every framing, most of them valid, many damaged somewhere, some of them ended before their time. */
import fc from 'fast-check'
import type { Script } from './scripted-upstream.ts'

export interface Case {
  readonly text: string
  readonly cuts: readonly number[]
  readonly afterwards: Script['afterwards']
}

const oneOf = fc.constantFrom
const anyLine = oneOf(
  'content-type: text/event-stream; charset=utf-8',
  'Request-Id:req_1',
  'X-Blank: \t padded \t ',
  'x-empty:',
  'x-high: \xe9\xff',
  'keep-alive: timeout=5',
  'Keep-Alive: timeout=1, max=3',
  'connection: keep-alive',
  'Connection: close',
  'connection: x-one, close',
  'set-cookie: a=1',
  'set-cookie: b=2',
)
const anyOddLine = oneOf(
  'x-space : 1',
  ' folded',
  '\tfolded',
  'x-nul: a\0b',
  'x-del: a\x7fb',
  'x-bell: a\x07b',
  'x-cr: a\rb',
  'x-lf: a\nb',
  ': nameless',
  'no colon',
  'x(y): 1',
  'content-length: 3',
  'content-length: 5, 5',
  'content-length: +5',
  'content-length: -5',
  'content-length: 5x',
  'content-length:',
  'content-length: 99999999999999999999999',
  'transfer-encoding: chunked',
  'transfer-encoding: gzip, chunked',
  'transfer-encoding: chunked, gzip',
  'transfer-encoding: identity',
  'transfer-encoding: chunkedx',
  'upgrade: h2c',
)
const anyStart = fc.oneof(
  {
    weight: 8,
    arbitrary: oneOf('HTTP/1.1 200 OK', 'HTTP/1.1 200', 'HTTP/1.1 529 ', 'HTTP/1.1 400 Bad \xe9'),
  },
  {
    weight: 2,
    arbitrary: oneOf(
      'HTTP/1.0 200 OK',
      'HTTP/1.1 204 No Content',
      'HTTP/1.1 304 Not Modified',
      'HTTP/1.1 205 Reset',
    ),
  },
  {
    weight: 1,
    arbitrary: oneOf(
      'HTTP/1.1 101 Switching Protocols',
      'HTTP/0.9 200 OK',
      'HTTP/2.0 200 OK',
      'HTTP/1.2 200 OK',
      'http/1.1 200 OK',
      'HTTP/1.1  200 OK',
      'HTTP/1.1 20 OK',
      'HTTP/1.1 2000 OK',
      'HTTP/1.1 099 OK',
      'HTTP/1.1 999 OK',
      'HTTP/1.1 200\tOK',
      'HTTP/1.1 200 a\0b',
      'ICY 200 OK',
      '',
    ),
  },
)
const anyInterim = fc.oneof(
  { weight: 10, arbitrary: oneOf('') },
  {
    weight: 1,
    arbitrary: oneOf('HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n', 'HTTP/1.1 102 Processing\r\n\r\n'),
  },
  { weight: 1, arbitrary: oneOf('HTTP/1.1 100 Continue\r\n\r\n') },
)
const anyPiece = oneOf(
  '',
  'a',
  'hello',
  'event: ping\ndata: {}\n\n',
  '\r\n',
  '0\r\n\r\n',
  '\xff\0',
  'x'.repeat(300),
)
const anyChunk = fc.oneof(
  { weight: 12, arbitrary: anyPiece.map((piece) => (piece === '' ? '' : chunkOf(piece))) },
  {
    weight: 1,
    arbitrary: oneOf(
      '5;ext=1\r\nhello\r\n',
      '05\r\nhello\r\n',
      '5;a="b;c"\r\nhello\r\n',
      'A\r\n0123456789\r\n',
    ),
  },
  {
    weight: 1,
    arbitrary: oneOf(
      '5 \r\nhello\r\n',
      '5\nhello\r\n',
      '5\r\nhello\n',
      '5\r\nhelloo\r\n',
      '5\r\nhell\r\n',
      'g\r\nhello\r\n',
      '\r\n',
      '0x5\r\nhello\r\n',
      '5;\0\r\nhello\r\n',
      '5; ext\r\nhello\r\n',
      'ffffffffffffffffff\r\nhello\r\n',
    ),
  },
)
const chunkOf = (piece: string) => `${piece.length.toString(16)}\r\n${piece}\r\n`
const anyEnd = fc.oneof(
  { weight: 8, arbitrary: oneOf('0\r\n\r\n') },
  { weight: 1, arbitrary: oneOf('0\r\nx-sum: 1\r\n\r\n', '000\r\n\r\n', '0;last\r\n\r\n') },
  { weight: 1, arbitrary: oneOf('', '0\r\n', '0\n\n', '0\r\nx-sum 1\r\n\r\n', '0\r\n\r\nmore') },
)

const anyBody = fc.oneof(
  fc.array(anyPiece, { maxLength: 4 }).map((pieces) => {
    const body = pieces.join('')
    return { line: `content-length: ${body.length}`, body }
  }),
  fc.record({ chunks: fc.array(anyChunk, { maxLength: 6 }), end: anyEnd }).map(({ chunks, end }) => ({
    line: 'transfer-encoding: chunked',
    body: chunks.join('') + end,
  })),
  fc.array(anyPiece, { maxLength: 4 }).map((pieces) => ({ line: '', body: pieces.join('') })),
)

export const anyCase: fc.Arbitrary<Case> = fc
  .record({
    interim: anyInterim,
    start: anyStart,
    lines: fc.array(anyLine, { maxLength: 5 }),
    odd: fc.oneof({ weight: 3, arbitrary: oneOf('') }, { weight: 1, arbitrary: anyOddLine }),
    framed: anyBody,
    breaks: fc.oneof({ weight: 30, arbitrary: oneOf('\r\n') }, { weight: 1, arbitrary: oneOf('\n') }),
    keep: fc.oneof(
      { weight: 6, arbitrary: oneOf(1) },
      { weight: 1, arbitrary: fc.double({ min: 0.02, max: 1, noNaN: true }) },
    ),
    excess: fc.oneof(
      { weight: 8, arbitrary: oneOf('') },
      { weight: 1, arbitrary: oneOf('x', 'HTTP/1.1 200 OK\r\n') },
    ),
    cuts: fc.array(fc.nat(2000), { maxLength: 5 }),
    afterwards: oneOf('close' as const, 'close' as const, 'reset' as const),
  })
  .map(({ interim, start, lines, odd, framed, breaks, keep, excess, cuts, afterwards }) => {
    const head = [start, ...lines, odd, framed.line].filter((line) => line !== '').join(breaks)
    const whole = `${interim}${head}${breaks}${breaks}${framed.body}${excess}`
    return { text: whole.slice(0, Math.max(1, Math.ceil(whole.length * keep))), cuts, afterwards }
  })

const POISON = 'HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\npoison'

const anyKeptBody = fc.oneof(
  fc.array(anyPiece, { maxLength: 4 }).map((pieces) => {
    const body = pieces.join('')
    return { line: `Content-Length: ${body.length}`, body }
  }),
  fc
    .array(
      anyPiece.filter((piece) => piece !== ''),
      { maxLength: 6 },
    )
    .map((pieces) => ({
      line: 'Transfer-Encoding: chunked',
      body: `${pieces.map(chunkOf).join('')}0\r\n\r\n`,
    })),
)

/** Whole answers, after which the upstream keeps the connection; behind some comes what nobody asked for. */
export const anyKeptAnswers: fc.Arbitrary<Case[]> = fc.array(
  fc
    .record({
      lines: fc.array(anyLine, { maxLength: 4 }),
      framed: anyKeptBody,
      excess: fc.oneof({ weight: 5, arbitrary: oneOf('') }, { weight: 1, arbitrary: oneOf('x', POISON) }),
      cuts: fc.array(fc.nat(2000), { maxLength: 3 }),
    })
    .map(({ lines, framed, excess, cuts }) => ({
      text: `${['HTTP/1.1 200 OK', ...lines, framed.line].join('\r\n')}\r\n\r\n${framed.body}${excess}`,
      cuts,
      afterwards: 'keep' as const,
    })),
  { minLength: 2, maxLength: 5 },
)
