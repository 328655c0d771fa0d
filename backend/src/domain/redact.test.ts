/** What is masked before a body is kept. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { redact } from './redact.ts'

const PRIVATE_KEY = `-----BEGIN RSA PRIVATE KEY-----\nMII${'a'.repeat(300)}\n-----END RSA PRIVATE KEY-----`

test.each([
  ['my key is sk-ant-api03-AbC_d-9xyz.', 'my key is sk-ant-***.'],
  ['"gk-Xa81bC2dE3fG4hI5jK6l"', '"gk-***"'],
  ['OPENAI=sk-proj-abcdefghijklmnopqrst', 'OPENAI=sk-***'],
  ['Authorization: Bearer abc.def-123/456==', 'Authorization: Bearer ***'],
  ['authorization: basic dXNlcjpwYXNzd29yZA==', 'authorization: basic ***'],
  ['AKIAIOSFODNN7EXAMPLE', '[AWS key id]'],
  ['aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', 'aws_secret_access_key = ***'],
  ['{\\"SecretAccessKey\\": \\"wJalrXUtnFEMI/K7MDENG/bPx\\"}', '{\\"SecretAccessKey\\": \\"***\\"}'],
  [`a ${PRIVATE_KEY} b`, 'a [private key] b'],
  [`a ${PRIVATE_KEY.slice(0, 100)}`, 'a [private key]'],
  [JSON.stringify({ text: `a ${PRIVATE_KEY} b` }), '{"text":"a [private key] b"}'],
  [`ghp_${'a1'.repeat(18)} xoxb-1234567890-abc`, '[GitHub token] [Slack token]'],
])('%s becomes %s', (text, expected) => {
  expect(redact(text, [])).toBe(expected)
})

test.each([
  'a bearer of good news',
  'the risk-antenna',
  'sk-ant',
  'gk-short',
  '{"model":"claude-sonnet-5","messages":[{"role":"user","content":"Hello, Bearer"}]}',
  'disk-antipattern',
])('%s stays as it is', (text) => {
  expect(redact(text, [])).toBe(text)
})

test('exact secrets are masked, also as they stand in JSON, the longer before the shorter', () => {
  const secrets = ['relay-se"cret', 'relay', '']
  expect(redact('relay-se"cret relay', secrets)).toBe('*** ***')
  expect(redact(JSON.stringify('relay-se"cret'), secrets)).toBe('"***"')
})

describe('base64', () => {
  const image = Buffer.alloc(3001).toString('base64')

  test('data of an image is replaced by its size', () => {
    const source = { type: 'base64', media_type: 'image/png', data: image }
    expect(JSON.parse(redact(JSON.stringify({ source }), []))).toEqual({
      source: { type: 'base64', media_type: 'image/png', data: '[3001 bytes of base64]' },
    })
  })

  test('so is that of a data URL, and of an image that is cut off', () => {
    expect(redact(`"data:image/png;base64,${image}"`, [])).toBe(
      '"data:image/png;base64,[3001 bytes of base64]"',
    )
    expect(redact(`{"data":"${image.slice(0, 400)}`, [])).toBe('{"data":"[300 bytes of base64]')
  })

  test('short data stays', () => {
    expect(redact('{"data":"aGVsbG8="}', [])).toBe('{"data":"aGVsbG8="}')
  })
})

describe('a stream', () => {
  const eventsOf = (pieces: readonly string[]) =>
    pieces
      .map((text) => {
        const data = { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } }
        return `event: content_block_delta\ndata: ${JSON.stringify(data)}\n\n`
      })
      .join('')
  const textIn = (stream: string) =>
    [...stream.matchAll(/^data: (.*)$/gm)].map(([, data = '']) => JSON.parse(data).delta.text).join('')

  test('that spells a credential over several events loses it', () => {
    const stream = eventsOf(['the key: sk', '-ant-', 'api03-', 'abcdef', ' is "it"\n'])
    const redacted = redact(stream, [])
    expect(textIn(redacted)).toBe('the key: *** is "it"\n')
    expect(redacted.match(/event: content_block_delta/g)).toHaveLength(5)
  })

  test('however it is cut into pieces', () => {
    const secret = 'sk-ant-api03-0123456789abcdef'
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 60 }), { maxLength: 8 }), (cuts) => {
        const text = `before "${secret}" after \\ ${secret} end`
        const places = [0, ...cuts.filter((cut) => cut < text.length).sort((a, b) => a - b), text.length]
        const pieces = places.slice(1).map((end, index) => text.slice(places[index], end))
        const redacted = textIn(redact(eventsOf(pieces), []))
        expect(redacted).not.toMatch(/0123456789abcdef|api03/)
        expect(redacted.startsWith('before "')).toBe(true)
        expect(redacted.endsWith(' end')).toBe(true)
      }),
    )
  })

  test('without credentials is not touched', () => {
    const stream = eventsOf(['Hello', ' "world"', ' \\n'])
    expect(redact(stream, ['nowhere-in-it'])).toBe(stream)
  })
})

test('long hostile texts take no long time', () => {
  const hostile = [
    '-----BEGIN PRIVATE KEY-----'.repeat(20_000),
    'secret_access_key'.repeat(40_000),
    '"data":"'.repeat(60_000),
    `"data":"${'A'.repeat(2_000_000)}!`,
    '"type":"text_delta","text":"\\'.repeat(20_000),
    'Bearer '.repeat(100_000),
    'sk-ant-'.repeat(100_000),
  ]
  for (const text of hostile) {
    const startedAt = performance.now()
    redact(text, ['x'.repeat(20)])
    expect(performance.now() - startedAt).toBeLessThan(5000)
  }
})
