/** The answers of the measurements as bytes on the wire, with the headers that Anthropic sends. */

const HEADERS = [
  'date: Mon, 23 Nov 2026 00:00:00 GMT',
  'anthropic-ratelimit-requests-limit: 4000',
  'anthropic-ratelimit-requests-remaining: 3999',
  'anthropic-ratelimit-requests-reset: 2026-11-23T00:00:01Z',
  'anthropic-ratelimit-input-tokens-limit: 2000000',
  'anthropic-ratelimit-input-tokens-remaining: 1999000',
  'anthropic-ratelimit-input-tokens-reset: 2026-11-23T00:00:01Z',
  'anthropic-ratelimit-output-tokens-limit: 400000',
  'anthropic-ratelimit-output-tokens-remaining: 399000',
  'anthropic-ratelimit-output-tokens-reset: 2026-11-23T00:00:01Z',
  'anthropic-organization-id: 00000000-0000-0000-0000-000000000000',
  'request-id: req_011CSHoEeqs5C35K2UUqR7Fy',
  'strict-transport-security: max-age=31536000; includeSubDomains; preload',
  'x-envoy-upstream-service-time: 812',
  'cf-cache-status: DYNAMIC',
  'x-robots-tag: none',
  'server: cloudflare',
  'cf-ray: 0000000000000000-FRA',
]

const USAGE = {
  input_tokens: 12,
  cache_creation_input_tokens: 340,
  // Small enough that no contender comes near a limit of its key, which may be 1,000,000,000 tokens a minute at most.
  cache_read_input_tokens: 1_480,
  cache_creation: { ephemeral_5m_input_tokens: 340, ephemeral_1h_input_tokens: 0 },
  output_tokens: 1,
  service_tier: 'standard',
}
const MESSAGE = {
  id: 'msg_01XFDUDYJgAACzvnptvVoYEL',
  type: 'message',
  role: 'assistant',
  model: 'claude-sonnet-5',
  stop_sequence: null,
}

/** A message in one piece, some 600 bytes. */
export function smallAnswer(): Buffer {
  const text = 'The answer is short, as most answers of a tool loop are. '.repeat(4)
  const usage = { ...USAGE, output_tokens: 57 }
  const body = JSON.stringify({
    ...MESSAGE,
    content: [{ type: 'text', text }],
    stop_reason: 'end_turn',
    usage,
  })
  const lines = ['content-type: application/json', `content-length: ${Buffer.byteLength(body)}`, ...HEADERS]
  return Buffer.from(`HTTP/1.1 200 OK\r\n${lines.join('\r\n')}\r\n\r\n${body}`)
}

const STREAM_HEAD = Buffer.from(
  `HTTP/1.1 200 OK\r\n${['content-type: text/event-stream; charset=utf-8', 'transfer-encoding: chunked', 'cache-control: no-cache', ...HEADERS].join('\r\n')}\r\n\r\n`,
)

function chunk(type: string, data: object): Buffer {
  const frame = `event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`
  return Buffer.from(`${Buffer.byteLength(frame).toString(16)}\r\n${frame}\r\n`)
}

const START = chunk('message_start', {
  message: { ...MESSAGE, content: [], stop_reason: null, usage: USAGE },
})
const BLOCK = chunk('content_block_start', { index: 0, content_block: { type: 'text', text: '' } })
const delta = (text: string) =>
  chunk('content_block_delta', { index: 0, delta: { type: 'text_delta', text } })
const ENDING = Buffer.concat([
  chunk('content_block_stop', { index: 0 }),
  chunk('message_delta', {
    delta: { stop_reason: 'end_turn', stop_sequence: null },
    usage: { output_tokens: 57 },
  }),
  chunk('message_stop', {}),
])

/** The end of a paced stream, the end of its chunks included. */
export const TERMINAL = Buffer.concat([ENDING, Buffer.from('0\r\n\r\n')])

/** Fifty-six events, each in a chunk of its own, at once. */
export function burstAnswer(): Buffer {
  const deltas = Array.from({ length: 51 }, (_, index) => delta(` word ${index}, and some more text`))
  return Buffer.concat([STREAM_HEAD, START, BLOCK, ...deltas, TERMINAL])
}

/** What a paced stream begins with. */
export function pacedOpening(): Buffer {
  return Buffer.concat([STREAM_HEAD, START, BLOCK])
}

/** What stands around the time in an event. */
const MARK = 0x40
/** Milliseconds since the epoch to three places, always as wide. */
const TIME_BYTES = '1795432004851.123'.length
const STAMPED = delta(`@${'0'.repeat(TIME_BYTES)}@`)
const TIME_AT = STAMPED.indexOf(MARK) + 1

/** One event that says when it was sent, in milliseconds since the epoch. */
export function pacedEvent(atMs: number): Buffer {
  const event = Buffer.from(STAMPED)
  event.write(atMs.toFixed(3).padStart(TIME_BYTES, '0'), TIME_AT, 'latin1')
  return event
}

/** Tells when the events in these bytes were sent, without those whose time is cut in two. */
export function eachSentAt(bytes: Buffer, tell: (atMs: number) => void): void {
  for (let at = bytes.indexOf(MARK); at !== -1; at = bytes.indexOf(MARK, at + TIME_BYTES + 2)) {
    const end = at + 1 + TIME_BYTES
    if (bytes[end] === MARK) tell(Number(bytes.toString('latin1', at + 1, end)))
  }
}
