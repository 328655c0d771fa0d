/** Answers to `POST /v1/messages`: whole or streamed, with any content, usage and way to stop. */
import { type Answer, type AnswerHeaders, changed, type Script } from './answer.ts'
import { type ContentBlock, text } from './content-blocks.ts'
import { event, messageEvents, ping } from './event-stream.ts'
import { type RecordedRequest, shortId } from './recorded-request.ts'
import { rateLimitHeaders, standardHeaders } from './response-headers.ts'
import { usageAtEnd, usageAtStart, usageOf, type WireUsage } from './usage.ts'

interface MessageOptions {
  /** The model that says it answered; without it, the one that was asked for. */
  model?: string
  /** Blocks, or the text of a single one; empty content is `[]`. */
  content?: string | readonly ContentBlock[]
  stopReason?: string
  stopSequence?: string
  stopDetails?: object
  /** Replaces the estimate field by field. */
  usage?: Partial<WireUsage>
  /** Streams only: `usage` of message_start, exactly, instead of what follows from `usage`. */
  startUsage?: object
  /** Streams only: `usage` of message_delta, exactly. */
  deltaUsage?: object
  /** Further fields of the message, such as `container` or one that nobody knows yet. */
  fields?: object
  /** Streams only: further fields of message_delta, such as `context_management`. */
  deltaFields?: object
  /** Streams only: characters in one delta, 24 by default. */
  deltaLength?: number
}

/** A whole message as JSON, whatever the request asked for. */
export function jsonMessage(options: MessageOptions = {}): Script {
  return (request) => {
    const { head, content, stop, usage } = parts(request, options)
    return jsonAnswer(request, { ...head, content, ...stop, usage, ...options.fields }, bill(head, usage))
  }
}

/** The message as a stream of events, whatever the request asked for. */
export function streamedMessage(options: MessageOptions = {}): Script {
  return (request) => {
    const { head, content, stop, usage } = parts(request, options)
    const unstopped = { stop_reason: null, stop_sequence: null }
    const startUsage = options.startUsage ?? usageAtStart(usage)
    const deltaUsage = options.deltaUsage ?? usageAtEnd(usage)
    const frames = messageEvents({
      start: { ...head, content: [], ...unstopped, usage: startUsage, ...options.fields },
      content,
      delta: stop,
      usage: deltaUsage,
      deltaFields: options.deltaFields ?? {},
      deltaLength: options.deltaLength ?? 24,
    })
    return { ...streamAnswer(request, frames), ...bill(head, { ...startUsage, ...deltaUsage }) }
  }
}

/** A message in the form that the request asks for: a stream if `"stream": true`, else JSON. */
export function message(options: MessageOptions = {}): Script {
  const [whole, streamed] = [jsonMessage(options), streamedMessage(options)]
  return (request) => (request.wantsStream ? streamed : whole)
}

/** A model that declines: HTTP 200 with `stop_reason: "refusal"` and no content (rule E4). */
export function refusal(options: MessageOptions = {}): Script {
  const stopDetails = { type: 'refusal', category: 'cyber', explanation: null }
  return message({ content: [], stopReason: 'refusal', stopDetails, ...options })
}

/** A message that begins and never ends: one delta after the other until the client leaves. */
export function endlessMessage(): Script {
  return changed(streamedMessage({ content: '' }), (answer) => {
    const { billed: _never, ...rest } = answer
    return { ...rest, body: endless(answer.body) }
  })
}

/** A stream made by hand: each buffer is one write, such as those of `event`, `ping` and `comment`. */
export function handmadeStream(frames: readonly Buffer[]): Script {
  return (request) => streamAnswer(request, frames)
}

/** JSON with the headers of a success; the one place that knows its length. */
export function jsonAnswer(
  request: RecordedRequest,
  value: object,
  more: Pick<Answer, 'billed'> = {},
): Answer {
  const body = Buffer.from(JSON.stringify(value))
  const headers = { ...successHeaders(request, 'application/json'), 'Content-Length': `${body.length}` }
  return { status: 200, headers, body: [body], ...more }
}

function streamAnswer(request: RecordedRequest, frames: readonly Buffer[]): Answer {
  const headers = successHeaders(request, 'text/event-stream; charset=utf-8')
  return { status: 200, headers: { ...headers, 'Cache-Control': 'no-cache' }, body: frames }
}

function successHeaders(request: RecordedRequest, contentType: string): AnswerHeaders {
  return { ...standardHeaders(request, contentType), ...rateLimitHeaders(request.startedAtMs) }
}

function parts(request: RecordedRequest, options: MessageOptions) {
  const given = options.content ?? 'Hello! How can I help you today?'
  const content = typeof given === 'string' ? [text(given)] : given
  const callsTool = content.some((block) => block.type === 'tool_use')
  return {
    content,
    // The order of Anthropic's fields: the model comes first.
    head: {
      model: options.model ?? request.model,
      id: `msg_01${shortId(22)}`,
      type: 'message',
      role: 'assistant',
    },
    stop: {
      stop_reason: options.stopReason ?? (callsTool ? 'tool_use' : 'end_turn'),
      stop_sequence: options.stopSequence ?? null,
      ...(options.stopDetails && { stop_details: options.stopDetails }),
    },
    usage: usageOf(request, content, options.usage),
  }
}

/** Only fields that were reported; a later report replaces an earlier one field by field (rule E1). */
function bill({ model }: { model: string }, usage: object): Required<Pick<Answer, 'billed'>> {
  return { billed: { model, usage: { ...usage } } }
}

async function* endless(frames: Answer['body']): AsyncGenerator<Buffer> {
  let sent = 0
  for await (const frame of frames) {
    // message_start, ping and content_block_start; what would follow ends the message.
    if (sent < 3) yield frame
    sent += 1
  }
  const delta = { type: 'text_delta', text: 'and so on, ' }
  for (let round = 1; ; round += 1) {
    yield event('content_block_delta', { type: 'content_block_delta', index: 0, delta })
    if (round % 1_000 === 0) yield ping()
  }
}
