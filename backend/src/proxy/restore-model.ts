/** Puts the client's name for the model back into an answer, and changes nothing else. Contract rule B9. */
import { memberSpan, type Span } from '../domain/json-scan.ts'
import { scanFrames } from '../domain/sse-frames.ts'

/** The answer's JSON body with `model` at its top level replaced. */
export function restoreInBody(body: Buffer, model: string): Buffer {
  return replace(body, memberSpan(body, 'model', { start: 0, end: body.length }), model)
}

/** Whole frames with `message.model` of their `message_start` replaced. */
export function restoreInFrames(frames: Buffer, model: string): Buffer {
  let found: Span | null = null
  scanFrames(frames, (_event, start, end) => {
    if (found !== null || !isMessageStart(frames, start, end)) return
    const message = memberSpan(frames, 'message', { start, end })
    found = message && memberSpan(frames, 'model', message)
  })
  return replace(frames, found, model)
}

function isMessageStart(frames: Buffer, start: number, end: number): boolean {
  const type = memberSpan(frames, 'type', { start, end })
  return type !== null && frames.toString('latin1', type.start, type.end) === '"message_start"'
}

function replace(bytes: Buffer, span: Span | null, model: string): Buffer {
  if (span === null) return bytes
  const name = Buffer.from(JSON.stringify(model))
  return Buffer.concat([bytes.subarray(0, span.start), name, bytes.subarray(span.end)])
}
