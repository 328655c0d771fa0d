/** Reads what a message stream tells about itself as its frames pass by: usage, ending, errors. Contract rule E1. */
import { scanFrames } from '../domain/sse-frames.ts'
import { emptyUsage, type Usage } from '../domain/usage.ts'
import { applyMessageDelta, applyMessageStart, tellsFinalOutput } from '../domain/usage-reading.ts'
import { writtenCharacters } from '../domain/written-text.ts'

export class StreamMeter {
  usage: Usage = emptyUsage()
  /** The model that the upstream says has answered. */
  answeredModel: string | null = null
  stopReason: string | null = null
  /** Whether the final counts have come. */
  hasFinalUsage = false
  hasStarted = false
  /** A content block, or the message's end. */
  hasContent = false
  hasStopped = false
  /** The data of an `error` event. */
  error: string | null = null
  /** How many characters that the model wrote the client has been sent, for the floor of rule C8. */
  textCharacters = 0

  /** @param frames whole frames. Never throws: a metering error can never break a stream (rule C1). */
  read(frames: Buffer): void {
    const text = frames.toString('latin1')
    for (let at = 0; at < text.length; ) {
      PLAIN_DELTA.lastIndex = at
      const plain = PLAIN_DELTA.exec(text)
      if (plain !== null) {
        this.hasContent = true
        this.textCharacters += (plain[1] as string).length
        at = PLAIN_DELTA.lastIndex
      } else {
        const end = nextDelta(text, at)
        this.#readEach(frames.subarray(at, end))
        at = end
      }
    }
  }

  #readEach(frames: Buffer): void {
    scanFrames(frames, (event, start, end) =>
      this.#take(frames, eventName(event, frames, start, end), start, end),
    )
  }

  #take(frames: Buffer, event: string, start: number, end: number): void {
    switch (event) {
      case 'content_block_delta':
        this.hasContent = true
        this.textCharacters += writtenCharacters(parse(frames, start, end).delta)
        return
      case 'content_block_start':
        this.hasContent = true
        return
      case 'message_start':
        this.hasStarted = true
        this.#start(parse(frames, start, end))
        return
      case 'message_delta':
        this.hasContent = true
        this.#delta(parse(frames, start, end))
        return
      case 'message_stop':
        this.hasContent = true
        this.hasStopped = true
        return
      case 'error':
        this.error = frames.toString('utf8', start, end)
    }
  }

  #start(data: Fields): void {
    const message = fields(data.message)
    this.usage = applyMessageStart(this.usage, message.usage)
    this.answeredModel = text(message.model)
  }

  #delta(data: Fields): void {
    if (tellsFinalOutput(data.usage, this.textCharacters)) this.hasFinalUsage = true
    this.usage = applyMessageDelta(this.usage, data.usage)
    this.stopReason = text(fields(data.delta).stop_reason) ?? this.stopReason
  }
}

/**
 * The frame of a delta as Anthropic writes it, whose text has no escapes and no characters of several bytes. Most frames
 * of a stream are such: they are measured where they stand, in a twentieth of the time that taking them apart needs.
 */
const PLAIN_DELTA =
  /event: content_block_delta\ndata: \{"type":"content_block_delta","index":\d+,"delta":\{"type":"(?:text_delta","text|thinking_delta","thinking|input_json_delta","partial_json)":"([ !#-[\]-~]*)"\} *\}\n\n/y

/** Where the next frame begins that may be a plain delta: behind an empty line, where each frame begins. */
function nextDelta(text: string, at: number): number {
  const end = text.indexOf('\n\nevent: content_block_delta\n', at)
  return end === -1 ? text.length : end + 2
}

type Fields = Record<string, unknown>

const fields = (value: unknown): Fields =>
  typeof value === 'object' && value !== null ? (value as Fields) : {}
const text = (value: unknown): string | null => (typeof value === 'string' ? value : null)

function parse(bytes: Buffer, start: number, end: number): Fields {
  try {
    return fields(JSON.parse(bytes.toString('utf8', start, end)))
  } catch {
    return {}
  }
}

/** The frame's name; some relays send only data, whose `type` is the same. */
function eventName(event: string, frames: Buffer, start: number, end: number): string {
  if (event !== '') return event
  return text(parse(frames, start, end).type) ?? ''
}
