/** Server-sent events as Anthropic writes them, down to the blanks before the closing brace. */
import type { ContentBlock } from './content-blocks.ts'

/** One event in the bytes of the wire. `padding` blanks stand before the last brace, as Anthropic's do. */
export function event(name: string, data: object, padding = 0): Buffer {
  const json = JSON.stringify(data)
  return Buffer.from(`event: ${name}\ndata: ${json.slice(0, -1)}${' '.repeat(padding)}}\n\n`)
}

/** The event that keeps a quiet stream alive; Anthropic spells this one with a blank after the colon. */
export function ping(): Buffer {
  return Buffer.from('event: ping\ndata: {"type": "ping"}\n\n')
}

/** A comment line, which clients skip and a gateway passes on. */
export function comment(words: string): Buffer {
  return Buffer.from(`: ${words}\n\n`)
}

interface StreamedMessage {
  /** `message` of message_start: everything but content and the way it stopped. */
  start: Readonly<Record<string, unknown>>
  content: readonly ContentBlock[]
  /** `delta` of message_delta. */
  delta: object
  /** `usage` of message_delta. */
  usage: object
  /** Fields beside `delta` and `usage`, such as `context_management`. */
  deltaFields?: object
  /** Characters of text, thinking or tool input in one delta event. */
  deltaLength: number
}

/** All events of one message in Anthropic's order; a ping follows the start of the first block. */
export function messageEvents(message: StreamedMessage): Buffer[] {
  const events: Event[] = [{ type: 'message_start', message: message.start }]
  message.content.forEach((block, index) => {
    events.push(...blockEvents(block, index, message.deltaLength))
  })
  const { delta, usage, deltaFields } = message
  events.push({ type: 'message_delta', delta, usage, ...deltaFields }, { type: 'message_stop' })
  // The blanks vary, so that no two frames of a kind need be equally long.
  const frames = events.map((data, index) => event(data.type, data, (index * 5) % 13))
  frames.splice(message.content.length > 0 ? 2 : 1, 0, ping())
  return frames
}

interface Event {
  type: string
  [field: string]: unknown
}

/** How a block is streamed: what it starts with, and the deltas that fill it. Others come whole at the start. */
type Streaming = (block: ContentBlock, length: number) => { start: ContentBlock; deltas: object[] }

const STREAMINGS: Readonly<Record<string, Streaming>> = {
  text: (block, length) => {
    const citations = block['citations']
    const cited = Array.isArray(citations)
      ? citations.map((citation) => ({ type: 'citations_delta', citation }))
      : []
    const texts = slices(block['text'], length).map((text) => ({ type: 'text_delta', text }))
    const start = { type: 'text', text: '' }
    return cited.length > 0
      ? { start: { ...start, citations: [] }, deltas: [...cited, ...texts] }
      : { start, deltas: texts }
  },
  thinking: (block, length) => ({
    start: { type: 'thinking', thinking: '', signature: '' },
    deltas: [
      ...slices(block['thinking'], length).map((words) => ({ type: 'thinking_delta', thinking: words })),
      { type: 'signature_delta', signature: block['signature'] },
    ],
  }),
  tool_use: streamedInput,
  server_tool_use: streamedInput,
  compaction: (block) => ({
    start: { ...block, content: null },
    deltas: [{ type: 'compaction_delta', content: block['content'], encrypted_content: null }],
  }),
}

function streamedInput(block: ContentBlock, length: number): { start: ContentBlock; deltas: object[] } {
  const json = JSON.stringify(block['input'])
  const fragments = json === '{}' ? [''] : ['', ...slices(json, length)]
  return {
    start: { ...block, input: {} },
    deltas: fragments.map((fragment) => ({ type: 'input_json_delta', partial_json: fragment })),
  }
}

function blockEvents(block: ContentBlock, index: number, length: number): Event[] {
  const { start, deltas } = STREAMINGS[block.type]?.(block, length) ?? { start: block, deltas: [] }
  return [
    { type: 'content_block_start', index, content_block: start },
    ...deltas.map((delta) => ({ type: 'content_block_delta', index, delta })),
    { type: 'content_block_stop', index },
  ]
}

/** By code point, so that no delta holds half a character. */
function slices(value: unknown, length: number): string[] {
  const characters = Array.from(typeof value === 'string' ? value : '')
  const parts: string[] = []
  for (let at = 0; at < characters.length; at += length)
    parts.push(characters.slice(at, at + length).join(''))
  return parts
}
