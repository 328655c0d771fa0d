/** What has arrived of a streamed answer: a pure reduction over the events of the Messages API. */
import { z } from 'zod'

export interface AnswerBlock {
  /** `text`, `thinking`, `tool_use`, or a type that this console has no drawing for. */
  readonly type: string
  /** Of a tool. */
  readonly name: string | null
  /** Text, thoughts, or a tool's input as the JSON that it comes in. */
  readonly text: string
}

export interface Answer {
  readonly model: string | null
  readonly blocks: readonly AnswerBlock[]
  readonly stopReason: string | null
  /** An error in the midst of the stream, or in place of it. */
  readonly error: { readonly type: string; readonly message: string } | null
  readonly isWhole: boolean
}

export const NO_ANSWER: Answer = { model: null, blocks: [], stopReason: null, error: null, isWhole: false }

const textSchema = z.string().catch('')
export const errorSchema = z.object({ type: z.string(), message: z.string() })

/** Only what is shown; anything else of an event is passed over. */
const eventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('message_start'), message: z.object({ model: z.string() }) }),
  z.object({
    type: z.literal('content_block_start'),
    content_block: z.object({
      type: z.string(),
      name: z.string().nullable().default(null),
      text: textSchema,
      thinking: textSchema,
    }),
  }),
  z.object({
    type: z.literal('content_block_delta'),
    index: z.number(),
    delta: z.object({ type: z.string(), text: textSchema, thinking: textSchema, partial_json: textSchema }),
  }),
  z.object({ type: z.literal('message_delta'), delta: z.object({ stop_reason: z.string().nullable() }) }),
  z.object({ type: z.literal('message_stop') }),
  z.object({ type: z.literal('error'), error: errorSchema }),
])

/** @param data the data of one server-sent event; what is none of those above leaves the answer as it is */
export function withEvent(answer: Answer, data: unknown): Answer {
  const event = eventSchema.safeParse(data).data
  switch (event?.type) {
    case 'message_start':
      return { ...answer, model: event.message.model }
    case 'content_block_start': {
      const { type, name, text, thinking } = event.content_block
      return { ...answer, blocks: [...answer.blocks, { type, name, text: text + thinking }] }
    }
    case 'content_block_delta': {
      const { text, thinking, partial_json } = event.delta
      const more = text + thinking + partial_json
      const grown = answer.blocks.map((block, index) =>
        index === event.index ? { ...block, text: block.text + more } : block,
      )
      return { ...answer, blocks: grown }
    }
    case 'message_delta':
      return { ...answer, stopReason: event.delta.stop_reason }
    case 'message_stop':
      return { ...answer, isWhole: true }
    case 'error':
      return { ...answer, error: event.error }
    default:
      return answer
  }
}
