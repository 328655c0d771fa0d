/** Requests of every kind, good and bad, one behind the other on one connection. */
import fc from 'fast-check'

const NAMES = [
  'X-One',
  'x-one',
  'user-agent',
  'Accept',
  'x-api-key',
  'constructor',
  '__proto__',
  'set-cookie',
  'te',
]
const anyValue = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('a', 'a b', '  padded \t', '', '\xe9\xff', 'x'.repeat(300)) },
  { weight: 1, arbitrary: fc.constantFrom('a\x00b', 'a\x7f', 'a\rb', 'a\nb', 'folded\r\n next') },
)
const anyField = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.tuple(fc.constantFrom(...NAMES), anyValue).map(([name, value]) => `${name}: ${value}`),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      'connection: keep-alive',
      'Connection: Keep-Alive',
      'connection: x-one',
      'origin: http://elsewhere',
      'content-length: 3',
      'transfer-encoding: identity',
      'proxy-connection: close',
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      'space : before',
      'no colon',
      ': nameless',
      'na\xefve: x',
      'upgrade: h2c',
      'x:y',
    ),
  },
)
const anyTarget = fc.constantFrom(
  '/v1/messages',
  '/v1/messages?beta=true',
  '/v1/v1/messages',
  '/v1/messages/count_tokens',
  '/v1/models',
  '/elsewhere',
  '/v1/../v1/messages',
  'http://host/v1/messages',
  '*',
  '/v1/mess ages',
  '/v1/messages#part',
  '/v1/m\xe9ssages',
)
const anyStart = fc
  .tuple(
    fc.oneof({ weight: 8, arbitrary: fc.constant('POST') }, fc.constantFrom('GET', 'post', 'PUT', ' POST')),
    fc.oneof({ weight: 5, arbitrary: fc.constant('/v1/messages') }, anyTarget),
    fc.oneof(
      { weight: 9, arbitrary: fc.constant('HTTP/1.1') },
      fc.constantFrom('HTTP/1.0', 'HTTP/2.0', 'http/1.1', ''),
    ),
  )
  .map((parts) => parts.join(' '))
const anyBody = fc.constantFrom('', '{}', '{"model":"claude"}', 'POST / HTTP/1.1\r\n\r\n', 'y'.repeat(5000))

/** How a body is framed: nearly always as long as it says. */
const anyFraming = (body: string): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 10, arbitrary: fc.constant(`content-length: ${body.length}\r\n\r\n${body}`) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        `transfer-encoding: chunked\r\n\r\n${body.length.toString(16)}\r\n${body}${body === '' ? '' : '\r\n0\r\n'}\r\n`,
        `content-length: +${body.length}\r\n\r\n${body}`,
        `content-length: ${body.length}, ${body.length}\r\n\r\n${body}`,
        `content-length: ${body.length}\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
        `content-length: 0${body.length}\r\n\r\n${body}`,
        `\r\n${body}`,
        `content-length: ${body.length}\n\n${body}`,
      ),
    },
  )
const anyHost = fc.oneof(
  { weight: 9, arbitrary: fc.constant('host: gateway\r\n') },
  fc.constantFrom('', 'host: a\r\nhost: b\r\n', 'Host:\r\n'),
)

/** One to three times in turn with the same head, whatever bodies come with it. */
const anyRequests: fc.Arbitrary<string> = fc
  .tuple(
    anyStart,
    anyHost,
    fc.array(anyField, { maxLength: 4 }),
    fc.array(anyBody.chain(anyFraming), { minLength: 1, maxLength: 3 }),
  )
  .map(([start, host, fields, rests]) => {
    const head = `${start}\r\n${host}${fields.map((field) => `${field}\r\n`).join('')}`
    return rests.map((rest) => `${head}${rest}`).join('')
  })

interface Case {
  /** Of all requests together, one character a byte. */
  readonly text: string
  /** Where the bytes are cut into writes, modulo their number. */
  readonly cuts: readonly number[]
}

/** The last request asks for the end of the connection. */
export const anyCase: fc.Arbitrary<Case> = fc.record({
  text: fc
    .array(anyRequests, { minLength: 1, maxLength: 3 })
    .map((all) => `${all.join('')}GET /last HTTP/1.1\r\nhost: gateway\r\nconnection: close\r\n\r\n`),
  cuts: fc.array(fc.nat(), { maxLength: 3 }),
})
