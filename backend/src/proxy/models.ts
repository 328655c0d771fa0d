/** Answers `GET /v1/models` from memory: what this key may ask for and some channel serves. Contract rule A4. */
import type { GatewayKey } from '../domain/gateway-key.ts'
import { displayName, servesModel } from '../domain/model-name.ts'
import { listedModels } from '../domain/price-list.ts'
import { planRoute } from '../domain/route.ts'
import { GatewayError } from '../failures.ts'
import type { Gateway } from '../runtime/gateway.ts'
import type { Snapshot } from '../runtime/snapshot.ts'
import { answerError } from './anthropic-error.ts'
import { authenticate, presentedKeys } from './authenticate.ts'
import { ownHeaders } from './client-answer.ts'
import { newRequestId } from './client-call.ts'
import type { CallRequest, CallResponse } from './client-side.ts'

interface Model {
  readonly type: 'model'
  readonly id: string
  readonly display_name: string
  readonly created_at: string
  readonly description?: string
}

interface ModelsCall {
  readonly request: CallRequest
  readonly response: CallResponse
  readonly clientAddress: string | null
}

/** @param id one model's name, or null for the list. */
export function serveModels(gateway: Gateway, call: ModelsCall, id: string | null): void {
  const { request, response, clientAddress } = call
  const requestId = newRequestId()
  try {
    const snapshot = gateway.snapshot.current
    const models = modelsFor(
      snapshot,
      authenticate(gateway, { presentedKeys: presentedKeys(request), clientAddress }),
    )
    const answer =
      id === null ? page(models, new URLSearchParams(request.url.split('?')[1])) : one(models, id)
    const body = Buffer.from(JSON.stringify(answer))
    response.writeHead(200, ownHeaders(requestId), body.length)
    response.end(body)
  } catch (thrown) {
    const error = answerError(call, thrown, requestId)
    if (error.code === 'internal')
      gateway.log.error({ requestId, cause: String(error.cause) }, 'models not listed')
  }
}

/** Names that mappings give come first, since somebody chose them; then the models of the price list. */
function modelsFor(snapshot: Snapshot, key: GatewayKey): Model[] {
  const models = new Map<string, Model>()
  for (const { displayModel, upstreamModel, createdAtMs } of snapshot.mappingList) {
    if (displayModel.endsWith('*') || models.has(displayModel)) continue
    const description = `Served as ${upstreamModel}.`
    models.set(displayModel, { ...described(displayModel, createdAtMs), description })
  }
  for (const id of listedModels(snapshot.prices)) {
    // Anthropic answers the epoch, too, where a release date is not known.
    if (!models.has(id)) models.set(id, described(id, 0))
  }
  const context = { ...snapshot, standing: () => GOOD, isFull: () => false }
  return [...models.values()].filter(
    ({ id }) =>
      servesModel(key.models, id) &&
      planRoute(context, { model: id, seed: '', warmChannelId: null }).candidates.length > 0,
  )
}

function described(id: string, createdAtMs: number): Model {
  return { type: 'model', id, display_name: displayName(id), created_at: new Date(createdAtMs).toISOString() }
}

/** What is served does not change with a channel's health of the moment. */
const GOOD = { use: 'normal', reason: null, detail: null, untilMs: null } as const

const PAGE_DEFAULT = 20
const PAGE_MAX = 1000

/** Anthropic's paging: `limit`, `after_id`, `before_id`. */
function page(models: readonly Model[], query: URLSearchParams) {
  const limit = Math.min(Math.max(Number(query.get('limit') ?? PAGE_DEFAULT) || PAGE_DEFAULT, 1), PAGE_MAX)
  const before = models.findIndex(({ id }) => id === query.get('before_id'))
  const after = models.findIndex(({ id }) => id === query.get('after_id'))
  const window = models.slice(after + 1, before === -1 ? undefined : before)
  const data = before === -1 ? window.slice(0, limit) : window.slice(-limit)
  return {
    data,
    has_more: data.length < window.length,
    first_id: data[0]?.id ?? null,
    last_id: data.at(-1)?.id ?? null,
  }
}

function one(models: readonly Model[], id: string): Model {
  const model = models.find((candidate) => candidate.id === id)
  if (model) return model
  throw new GatewayError(
    'model_not_served',
    `No channel of this gateway serves the model ${id}, or this key may not use it.`,
  )
}
