/** Answers of the endpoints beside messages: token counting and the list of models. */
import type { Script } from './answer.ts'
import { apiError } from './errors.ts'
import { jsonAnswer } from './messages.ts'
import { tokensIn } from './usage.ts'

/** An answer to count_tokens; without a number, one estimated from the body's length. */
export function tokenCount(tokens?: number): Script {
  return (request) => jsonAnswer(request, { input_tokens: tokens ?? tokensIn(request.body.length) })
}

/** How upstreams without count_tokens refuse it (rule A3). */
export function tokenCountUnsupported(status: 404 | 405 | 501): Script {
  return apiError(({ 404: 'not_found', 405: 'method_not_allowed', 501: 'not_supported' } as const)[status])
}

const MODELS = ['claude-opus-5', 'claude-sonnet-5', 'claude-haiku-4-5-20251001']

/** The list of models, in Anthropic's shape (rule A4). */
export function modelList(ids: readonly string[] = MODELS): Script {
  return (request) =>
    jsonAnswer(request, {
      data: ids.map(modelInfo),
      has_more: false,
      first_id: ids[0] ?? null,
      last_id: ids.at(-1) ?? null,
    })
}

/** One model by its id, or the 404 that Anthropic answers for a name that it does not know. */
export function singleModel(id: string): Script {
  if (!MODELS.includes(id)) return apiError('model_not_found', { message: `model: ${id}` })
  return (request) => jsonAnswer(request, modelInfo(id))
}

function modelInfo(id: string): object {
  const words = id.replace(/-\d{8}$/, '').split('-')
  const displayName = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(' ')
  return { type: 'model', id, display_name: displayName, created_at: '2026-09-01T00:00:00Z' }
}
