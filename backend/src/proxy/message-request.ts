/** The few fields of a message request that the gateway needs; its bytes stay as they came. Contract rules B1 and B4. */
import { type Reason, reason } from '@claude-gateway/contract/reason.ts'
import { whileLoaded } from '../domain/container-skip.ts'
import { type MemberVisitor, readString, scanObject } from '../domain/json-scan.ts'
import { GatewayError } from '../failures.ts'

export interface MessageRequest {
  readonly body: Buffer
  /** As the client named it. */
  readonly model: string
  /** Where the model's value stands in the body, quotes included. */
  readonly modelStart: number
  readonly modelEnd: number
  readonly stream: boolean
  /** As the client set it; null where it is no number. */
  readonly maxTokens: number | null
  /** From `metadata.user_id`; the session header comes first. Contract rule D8. */
  readonly sessionId: string | null
  /** Whether a part of it is to be cached for an hour. */
  readonly hasHourMark: boolean
}

interface Spans {
  /** Members of that name. */
  models: number
  /** The same in other letters' case: a parser that folds case, such as Go's, would take it for the model. */
  lookAlikes: number
  modelStart: number
  modelEnd: number
  stream: string
  maxTokens: string
  metadata: string
  mayHaveHourMark: boolean
}

/** @throws GatewayError `malformed_json`, `model_missing`, `model_duplicated`. */
export function readMessageRequest(body: Buffer): MessageRequest {
  const spans = findSpans(body)
  if (spans.models === 0) {
    throw new GatewayError('model_missing', reason('error_model_missing'))
  }
  if (spans.models + spans.lookAlikes > 1) {
    throw new GatewayError('model_duplicated', reason('error_model_duplicated'))
  }
  const model = readString(body, spans.modelStart, spans.modelEnd)
  if (model === null || model === '') {
    throw new GatewayError('model_missing', reason('error_model_empty'))
  }
  return {
    body,
    model,
    modelStart: spans.modelStart,
    modelEnd: spans.modelEnd,
    stream: spans.stream === 'true',
    maxTokens: /^\d{1,9}$/.test(spans.maxTokens) ? Number(spans.maxTokens) : null,
    sessionId: sessionOfMetadata(spans.metadata),
    hasHourMark: spans.mayHaveHourMark && hasHourMark(body),
  }
}

function findSpans(body: Buffer): Spans {
  const spans: Spans = {
    models: 0,
    lookAlikes: 0,
    modelStart: 0,
    modelEnd: 0,
    stream: '',
    maxTokens: '',
    metadata: '',
    mayHaveHourMark: true,
  }
  const visit: MemberVisitor = (name, start, end) => {
    if (name === 'model') {
      spans.models++
      spans.modelStart = start
      spans.modelEnd = end
    } else if (name === 'stream') spans.stream = body.toString('latin1', start, end)
    else if (name === 'max_tokens')
      spans.maxTokens = body.toString('latin1', start, Math.min(end, start + 16))
    else if (name === 'metadata') spans.metadata = body.toString('utf8', start, end)
    else if (name.length === 5 && name.toLowerCase() === 'model') spans.lookAlikes++
  }
  let isObject = false
  spans.mayHaveHourMark = whileLoaded(body, () => {
    isObject = scanObject(body, visit)
  })
  if (!isObject) throw new GatewayError('malformed_json', describeMalformed(body))
  return spans
}

function describeMalformed(body: Buffer): Reason {
  if (body.length === 0) return reason('error_no_body')
  try {
    JSON.parse(body.toString('utf8'))
  } catch (cause) {
    // V8's message quotes the body; only the place is told, the text is the client's own business.
    return badJsonAt(/position (\d+)(?: \(line (\d+) column (\d+)\))?/.exec(String(cause)))
  }
  return reason('error_no_object')
}

function badJsonAt(place: RegExpExecArray | null): Reason {
  const [, position, line, column] = place ?? []
  if (position === undefined) return reason('error_bad_json')
  if (line === undefined || column === undefined) return reason('error_bad_json_at', { position })
  return reason('error_bad_json_in_line', { position, line, column })
}

const HOUR = Buffer.from('"1h"')
const TTL_BEFORE = /"ttl"\s*:\s*$/
const LOOK_BACK_BYTES = 32

/** A mark looks the same inside a text; a cache that is thought warm too long costs an attempt in order, no more. */
function hasHourMark(body: Buffer): boolean {
  let at = body.indexOf(HOUR)
  while (at !== -1) {
    if (TTL_BEFORE.test(body.toString('latin1', Math.max(0, at - LOOK_BACK_BYTES), at))) return true
    at = body.indexOf(HOUR, at + HOUR.length)
  }
  return false
}

const METADATA_MAX = 4096
const OLDER_FORM = /_session_([0-9a-zA-Z-]{8,64})$/

/** The session in `metadata.user_id`: JSON with a `session_id`, or the older `user_…_account_…_session_…`. */
function sessionOfMetadata(metadata: string): string | null {
  if (metadata === '' || metadata.length > METADATA_MAX) return null
  const userId = memberOf(metadata, 'user_id')
  if (userId === null) return null
  return memberOf(userId, 'session_id') ?? OLDER_FORM.exec(userId)?.[1] ?? null
}

function memberOf(json: string, name: string): string | null {
  try {
    const value: unknown = (JSON.parse(json) as Record<string, unknown> | null)?.[name]
    return typeof value === 'string' && value !== '' ? value : null
  } catch {
    return null
  }
}

/** From this size on a body is sent in two pieces: to copy a megabyte costs more than to write twice. */
const PIECES_FROM_BYTES = 32 * 1024

/** The body with another model in the client's place; the same buffer where the name is the same. */
export function bodyFor(message: MessageRequest, upstreamModel: string): Buffer | readonly Buffer[] {
  const { body, model, modelStart, modelEnd } = message
  if (upstreamModel === model) return body
  const name = JSON.stringify(upstreamModel)
  if (body.length < PIECES_FROM_BYTES) return splice(body, modelStart, modelEnd, name)
  return [Buffer.concat([body.subarray(0, modelStart), Buffer.from(name)]), body.subarray(modelEnd)]
}

/** `bytes` with what stands between `start` and `end` replaced. */
export function splice(bytes: Buffer, start: number, end: number, replacement: string): Buffer {
  return Buffer.concat([bytes.subarray(0, start), Buffer.from(replacement), bytes.subarray(end)])
}
