/** What form a body has: JSON, a stream of server-sent events, or neither. */

export interface StreamEvent {
  readonly name: string
  /** Its data as JSON, else as text. */
  readonly value: unknown
}

export type ReadBody =
  | { readonly kind: 'json'; readonly value: unknown }
  | { readonly kind: 'events'; readonly events: readonly StreamEvent[] }
  | { readonly kind: 'text' }

export function readBody(text: string): ReadBody {
  const value = parsed(text)
  if (typeof value === 'object' && value !== null) return { kind: 'json', value }
  if (/^(event|data):/m.test(text)) return { kind: 'events', events: eventsOf(text) }
  return { kind: 'text' }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Fields of one event, as https://html.spec.whatwg.org/#event-stream-interpretation has them. */
function eventOf(block: string): StreamEvent | null {
  let name = ''
  const data: string[] = []
  for (const line of block.split(/\r\n|\r|\n/)) {
    const field = /^(event|data): ?(.*)$/.exec(line)
    if (field?.[1] === 'event') name = field[2] ?? ''
    if (field?.[1] === 'data') data.push(field[2] ?? '')
  }
  if (name === '' && data.length === 0) return null
  const text = data.join('\n')
  return { name: name || 'message', value: parsed(text) ?? text }
}

const eventsOf = (text: string): StreamEvent[] =>
  text
    .split(/\r\n\r\n|\n\n|\r\r/)
    .map(eventOf)
    .filter((event) => event !== null)
