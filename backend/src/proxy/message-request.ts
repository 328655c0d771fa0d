/** The few fields of a message request that the gateway needs; its bytes stay as they came. Contract rules B1 and B4. */
import { type Reason, reason } from '@claude-gateway/contract/reason.ts'
import { whileLoaded } from '../domain/container-skip.ts'
import { type MemberVisitor, readCount, readFamiliar, type Span, scanObject } from '../domain/json-scan.ts'
import { GatewayError } from '../failures.ts'
import type { RequestBody } from './request-body.ts'

export interface MessageRequest {
  readonly body: RequestBody
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
  readonly prompt: PromptSpans
}

/** Where the parts of a prompt stand in the body; null where there is no such part. */
interface PromptSpans {
  system: Span | null
  tools: Span | null
  messages: Span | null
}

interface Found {
  /** Members of that name. */
  models: number
  /** The same in other letters' case: a parser that folds case, such as Go's, would take it for the model. */
  lookAlikes: number
  modelStart: number
  modelEnd: number
  model: string | null
  stream: boolean
  maxTokens: number | null
  metadata: string
  hasHourMark: boolean
  readonly prompt: PromptSpans
}

/** @throws GatewayError `malformed_json`, `model_missing`, `model_duplicated`. */
export function readMessageRequest(body: RequestBody): MessageRequest {
  const found = findFields(body)
  if (found.models === 0) {
    throw new GatewayError('model_missing', reason('error_model_missing'))
  }
  if (found.models + found.lookAlikes > 1) {
    throw new GatewayError('model_duplicated', reason('error_model_duplicated'))
  }
  const { model } = found
  if (model === null || model === '') {
    throw new GatewayError('model_missing', reason('error_model_empty'))
  }
  return {
    body,
    model,
    modelStart: found.modelStart,
    modelEnd: found.modelEnd,
    stream: found.stream,
    maxTokens: found.maxTokens,
    sessionId: sessionOfMetadata(found.metadata),
    hasHourMark: found.hasHourMark,
    prompt: found.prompt,
  }
}

function findFields(body: RequestBody): Found {
  const found: Found = {
    models: 0,
    lookAlikes: 0,
    modelStart: 0,
    modelEnd: 0,
    model: null,
    stream: false,
    maxTokens: null,
    metadata: '',
    hasHourMark: false,
    prompt: { system: null, tools: null, messages: null },
  }
  const isObject = whileLoaded(body, (text, mayHaveHour) => {
    if (!scanObject(text, visitor(text, found))) return false
    found.hasHourMark = mayHaveHour() && hasHourMark(text)
    return true
  })
  if (!isObject) throw new GatewayError('malformed_json', describeMalformed(body.whole()))
  return found
}

/** No other value begins like it. */
const TRUE_BEGINS = 't'.charCodeAt(0)

/** Copies what is wanted out of the text, which is gone with the scan. */
function visitor(text: Buffer, found: Found): MemberVisitor {
  return (name, start, end) => {
    if (name === 'model') {
      found.models++
      found.modelStart = start
      found.modelEnd = end
      found.model = readFamiliar(text, start, end)
    } else if (name === 'stream') found.stream = text[start] === TRUE_BEGINS
    else if (name === 'max_tokens') found.maxTokens = readCount(text, start, end)
    else if (name === 'metadata') found.metadata = text.toString('utf8', start, end)
    else if (name === 'messages' || name === 'system' || name === 'tools')
      notePart(found.prompt, name, { start, end })
    else if (name.length === 5 && name.toLowerCase() === 'model') found.lookAlikes++
  }
}

/** By names that stand here: one out of the text would have to be looked up among all names there are. */
function notePart(prompt: PromptSpans, name: keyof PromptSpans, span: Span): void {
  if (name === 'messages') prompt.messages = span
  else if (name === 'system') prompt.system = span
  else prompt.tools = span
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

/** The body as it is sent: with another model in the client's place, or, where the name is the same, as it came. */
export function bodyFor(message: MessageRequest, upstreamModel: string): Buffer | readonly Buffer[] {
  const { body, model, modelStart, modelEnd } = message
  if (upstreamModel === model) return body.asSent()
  return body.sentWith(modelStart, modelEnd, Buffer.from(JSON.stringify(upstreamModel)))
}
