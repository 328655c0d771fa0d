/** What each request of the load asks for, decided by its number alone, and how the upstreams answer it. */
import { type Answer, changed, type Script } from '../support/fake-upstream/answer.ts'
import { apiError, errorEvent } from '../support/fake-upstream/errors.ts'
import { event } from '../support/fake-upstream/event-stream.ts'
import { message, streamedMessage } from '../support/fake-upstream/messages.ts'
import { hangUp, silence } from '../support/fake-upstream/odd-answers.ts'
import type { RecordedRequest } from '../support/fake-upstream/recorded-request.ts'
import { paced } from '../support/fake-upstream/timing.ts'
import { iteration, type WireUsage } from '../support/fake-upstream/usage.ts'

export interface Plan {
  readonly number: number
  /** What clients ask for; `team-model` is mapped. */
  readonly model: 'claude-sonnet-5' | 'claude-opus-5-5' | 'claude-haiku-4-5' | 'team-model'
  readonly stream: boolean
  /** `failover`: the first channel fails. `leave`: the client goes before the end. */
  readonly fate: 'whole' | 'failover' | 'leave'
  /** Which way of failing or leaving. */
  readonly way: number
}

/** Two of twenty: 5 % that fail over, 5 % whose client leaves; never two failures in a row, which no breaker minds. */
const FATES: Readonly<Record<number, Plan['fate']>> = { 7: 'leave', 13: 'failover' }
const MODELS = ['claude-sonnet-5', 'claude-opus-5-5', 'claude-haiku-4-5', 'team-model'] as const

export function planOf(number: number): Plan {
  const fate = FATES[number % 20] ?? 'whole'
  const way = Math.floor(number / 20) % WAYS
  const model = MODELS[digits(number, 1) % MODELS.length] ?? 'claude-sonnet-5'
  return { number, model, stream: fate === 'leave' || digits(number, 2) % 2 === 0, fate, way }
}

/** A multiple of the number of ways to leave and of those to fail. */
const WAYS = 12

/** Digits that look drawn by lot and are the same in every run. */
function digits(number: number, salt: number): number {
  const mixed = Math.imul(number + 1, 0x9e3779b1) ^ Math.imul(salt, 0x85ebca6b)
  return Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d) >>> 8
}

/** The number stands in the body, which a gateway passes on as it is. */
export const bodyOf = ({ number, model, stream }: Plan): string =>
  JSON.stringify({
    ...{ model, stream, max_tokens: 4096, number },
    messages: [{ role: 'user', content: 'How much is it?' }],
  })

/** The name that the upstream knows the model by. */
export const upstreamModelOf = ({ model }: Plan): string =>
  model === 'team-model' ? 'claude-haiku-4-5' : model

export const numberOf = (request: RecordedRequest): number => Number(request.json['number'])

/** The channel that is tried first: it fails where that is the plan. */
export function firstChannel(request: RecordedRequest): Script {
  const plan = planOf(numberOf(request))
  return plan.fate === 'failover' ? failing(plan) : answering(plan)
}

/** The channel behind it answers everything. */
export const secondChannel = (request: RecordedRequest): Script => answering(planOf(numberOf(request)))

function answering(plan: Plan): Script {
  if (plan.fate === 'leave') return LEFT[plan.way % LEFT.length]?.script ?? silence()
  const answer = message({ content: 'word '.repeat(1 + (plan.number % 12)), usage: usageOf(plan.number) })
  return plan.stream && plan.number % 4 === 0 ? paced(answer, 2) : answer
}

/** So many requests are of every kind of usage, alone and together. */
function usageOf(number: number): Partial<WireUsage> {
  const draw = (salt: number, below: number) => digits(number, salt) % below
  const isCached = draw(3, 3) === 0
  const split = { ephemeral_5m_input_tokens: draw(4, 9_000), ephemeral_1h_input_tokens: draw(5, 4_000) }
  return {
    input_tokens: 1 + draw(6, 5_000),
    output_tokens: 1 + draw(7, 2_000),
    service_tier: draw(8, 13) === 0 ? 'batch' : 'standard',
    ...(isCached && { cache_read_input_tokens: draw(9, 90_000), cache_creation: split }),
    ...(draw(10, 7) === 0 && { inference_geo: 'us' }),
    ...(draw(1, MODELS.length) === 1 && draw(11, 5) === 0 && { speed: 'fast' }),
    ...(draw(12, 11) === 0 && {
      server_tool_use: { web_search_requests: 1 + draw(13, 4), web_fetch_requests: 2 },
    }),
    ...(draw(14, 17) === 0 && {
      iterations: [
        iteration('compaction', { input_tokens: draw(15, 90_000), output_tokens: draw(16, 3_000) }),
      ],
    }),
  }
}

/** Ways of failing before the first content; in one of them the upstream has said by then what it read. */
function failing({ way, number }: Plan): Script {
  if (way % 3 === 0) return apiError('internal')
  if (way % 3 === 1) return hangUp(way % 2 === 0 ? 'cut' : 'reset')
  const stream = streamedMessage({ startUsage: usageAtFailure(number) })
  return changed(stream, ({ billed: _broken, ...answer }, request) => ({
    ...answer,
    body: firstThen(answer.body, errorEvent('internal', request.requestId)),
  }))
}

const usageAtFailure = (number: number) => ({
  input_tokens: 10 + (number % 900),
  output_tokens: 1,
  cache_read_input_tokens: number % 7_000,
})

async function* firstThen(body: Answer['body'], last: Buffer): AsyncGenerator<Buffer> {
  for await (const frame of body) {
    yield frame
    break
  }
  yield last
}

const TEXT = 'Of a stream that its client leaves, some has been sent, and that is what is estimated. '
/** What `message_start` tells of a message that its client leaves. */
export const LEFT_USAGE = { input_tokens: 2_345, output_tokens: 2 }
const talking = streamedMessage({ content: TEXT, usage: { ...LEFT_USAGE, output_tokens: 999 } })

interface Left {
  readonly script: Script
  /** The client goes when it has read so many characters; null: before any answer. */
  readonly afterCharacters: number | null
}

/** Falls silent behind its last word; goes on for ever; never begins. */
export const LEFT: readonly Left[] = [
  { script: silentBehindText(talking), afterCharacters: TEXT.length },
  { script: paced(goingOn(talking), 3), afterCharacters: 40 },
  { script: silence(), afterCharacters: null },
]

/** The message's end, of which its client never hears, is left out. */
function silentBehindText(script: Script): Script {
  return changed(script, async ({ billed: _never, ...answer }) => {
    const frames = await all(answer.body)
    const body = frames.slice(0, -3)
    return { ...answer, body, ending: { how: 'silence', at: Buffer.concat(body).length } }
  })
}

async function all(body: Answer['body']): Promise<Buffer[]> {
  const frames: Buffer[] = []
  for await (const frame of body) frames.push(frame)
  return frames
}

function goingOn(script: Script): Script {
  return changed(script, ({ billed: _never, ...answer }) => ({ ...answer, body: endless(answer.body) }))
}

async function* endless(body: Answer['body']): AsyncGenerator<Buffer> {
  const frames = await all(body)
  // message_start, content_block_start and a ping; what would follow ends the message.
  yield* frames.slice(0, 3)
  const delta = { type: 'text_delta', text: 'and so on, "quoted", ' }
  while (true) yield event('content_block_delta', { type: 'content_block_delta', index: 0, delta }, 7)
}

/** The model and usage of the `message_start` in a stream, if it has one. */
export function startIn(stream: Buffer): { model: string; usage: object } | null {
  const data = /^data: (\{"type":"message_start".*)$/m.exec(stream.toString('utf8'))?.[1]
  return data === undefined ? null : JSON.parse(data).message
}

/** Characters of text in the whole frames of a stream so far. */
export function writtenIn(stream: Buffer): number {
  const frames = stream.toString('utf8').split('\n\n').slice(0, -1)
  const texts = frames.map((frame) => /^data: (\{"type":"content_block_delta".*)$/m.exec(frame)?.[1])
  return texts.reduce((sum, data) => sum + (data ? JSON.parse(data).delta.text.length : 0), 0)
}
