/** The frames of a small message, one by one, for streams that a test puts together by hand. */
import { changed, type Script } from '../support/fake-upstream/answer.ts'
import { event } from '../support/fake-upstream/event-stream.ts'
import { handmadeStream } from '../support/fake-upstream/messages.ts'

/** What an upstream called `model` sends first; it has read 25 tokens. */
export function start(
  model = 'claude-sonnet-5',
  usage: object = { input_tokens: 25, output_tokens: 1 },
): Buffer {
  const message = { id: 'msg_01', type: 'message', role: 'assistant', model, content: [], usage }
  return event('message_start', { type: 'message_start', message })
}

export const BLOCK: Buffer = event('content_block_start', {
  type: 'content_block_start',
  index: 0,
  content_block: { type: 'text', text: '' },
})

export function delta(text: string): Buffer {
  return event('content_block_delta', {
    type: 'content_block_delta',
    index: 0,
    delta: { type: 'text_delta', text },
  })
}

export const BLOCK_END: Buffer = event('content_block_stop', { type: 'content_block_stop', index: 0 })

/** The message's end: why it stopped and what it used. */
export function ending(usage: object = { output_tokens: 12 }, stopReason = 'end_turn'): Buffer {
  const stop = { stop_reason: stopReason, stop_sequence: null }
  return event('message_delta', { type: 'message_delta', delta: stop, usage })
}

export const STOP: Buffer = event('message_stop', { type: 'message_stop' })

/** A stream whose bytes leave when the generator gives them. */
export function streamOf(body: AsyncIterable<Buffer>): Script {
  return changed(handmadeStream([]), (answer) => ({ ...answer, body }))
}
