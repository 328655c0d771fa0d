/** What the upstream answers when nobody told it anything: as Anthropic would, on every endpoint that it has. */
import type { Script } from './answer.ts'
import { type ContentBlock, text, thinking } from './content-blocks.ts'
import { apiError } from './errors.ts'
import { message } from './messages.ts'
import { rawAnswer } from './odd-answers.ts'
import { modelList, singleModel, tokenCount } from './other-endpoints.ts'
import type { RecordedRequest } from './recorded-request.ts'

/** One script for each endpoint; where none is given, the natural answer. */
export function byEndpoint(scripts: { messages?: Script; countTokens?: Script; models?: Script }): Script {
  return (request) => {
    const path = pathOf(request)
    if (/\/v1\/messages\/count_tokens$/.test(path)) return scripts.countTokens ?? naturalAnswer
    if (/\/v1\/messages$/.test(path)) return scripts.messages ?? naturalAnswer
    if (/\/v1\/models(\/|$)/.test(path)) return scripts.models ?? naturalAnswer
    return naturalAnswer
  }
}

/** Routes like Anthropic; a path prefix is accepted, since channels may have one, a doubled `/v1` is not. */
export function naturalAnswer(request: RecordedRequest): Script {
  const path = pathOf(request)
  const found = ROUTES.find(({ pattern }) => pattern.test(path))
  if (found === undefined || path.includes('/v1/v1/')) return apiError('not_found')
  if (!found.methods.includes(request.method)) return apiError('method_not_allowed')
  return found.script(request)
}

interface Route {
  methods: readonly string[]
  pattern: RegExp
  script: (request: RecordedRequest) => Script
}

const ROUTES: readonly Route[] = [
  { methods: ['POST'], pattern: /\/v1\/messages$/, script: naturalMessage },
  { methods: ['POST'], pattern: /\/v1\/messages\/count_tokens$/, script: () => tokenCount() },
  { methods: ['GET'], pattern: /\/v1\/models$/, script: () => modelList() },
  {
    methods: ['GET'],
    pattern: /\/v1\/models\/[^/]+$/,
    script: (request) => singleModel(lastSegment(request)),
  },
  { methods: ['HEAD'], pattern: /^\/(api\/hello)?$/, script: () => rawAnswer(200, {}) },
]

function naturalMessage(request: RecordedRequest): Script {
  if (typeof request.json['model'] !== 'string') {
    return apiError('invalid_request', { message: 'model: Field required' })
  }
  const words = reply(request)
  const limit = request.json['max_tokens']
  const room = typeof limit === 'number' ? limit * 4 : Number.POSITIVE_INFINITY
  if (words.length > room) return message({ content: words.slice(0, room), stopReason: 'max_tokens' })
  return message({ content: [...thoughts(request), text(words)] })
}

function reply(request: RecordedRequest): string {
  const question = lastUserText(request.json['messages']).trim()
  const shown = question.length > 160 ? `${question.slice(0, 160)}…` : question
  return (
    `You wrote: “${shown}”. This is the fake upstream, answering as ${request.model}. ` +
    'It has no opinion on that, but it counts tokens honestly.'
  )
}

function thoughts(request: RecordedRequest): ContentBlock[] {
  const config = request.json['thinking']
  const thinks =
    typeof config === 'object' && config !== null && 'type' in config && config.type !== 'disabled'
  return thinks ? [thinking('The question is simple, so the answer may be short.')] : []
}

function lastUserText(messages: unknown): string {
  const last: unknown = Array.isArray(messages) ? messages.at(-1) : undefined
  if (typeof last !== 'object' || last === null || !('content' in last)) return ''
  const { content } = last
  if (typeof content === 'string') return content
  const block: unknown = Array.isArray(content)
    ? content.findLast((part) => part?.type === 'text')
    : undefined
  const words = typeof block === 'object' && block !== null && 'text' in block ? block.text : ''
  return typeof words === 'string' ? words : ''
}

function pathOf(request: RecordedRequest): string {
  return request.path.split('?', 1)[0] ?? ''
}

function lastSegment(request: RecordedRequest): string {
  return pathOf(request).split('/').at(-1) ?? ''
}
