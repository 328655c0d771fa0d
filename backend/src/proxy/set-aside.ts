/** What a request may come to on the channel that would be asked first, to be set aside of its key's limits. */
import { estimateNanoUsd, estimateTokens } from '../domain/estimate.ts'
import type { GatewayKey } from '../domain/gateway-key.ts'
import { servesModel, withoutWindowHint } from '../domain/model-name.ts'
import { findPrice } from '../domain/price-list.ts'
import type { Gateway } from '../runtime/gateway.ts'
import type { SetAside } from '../runtime/key-limits.ts'
import type { Snapshot } from '../runtime/snapshot.ts'
import { tariffsOf } from '../runtime/tariffs.ts'
import type { MessageRequest } from './message-request.ts'

const NOTHING: SetAside = { tokens: 0, nanoUsd: 0 }

/** Nothing, and no work, for a key without such limits. */
export function setAsideFor(
  { keyLimits, snapshot }: Gateway,
  key: GatewayKey,
  { body, maxTokens, model }: MessageRequest,
): SetAside {
  if (!keyLimits.setsAside(key)) return NOTHING
  const estimate = estimateTokens({ bodyBytes: body.length, maxTokens })
  const { channelId, upstreamModel } = likelyTarget(snapshot.current, withoutWindowHint(model))
  const { prices, multiplierMillionths } = tariffsOf(snapshot.current)(channelId)
  const { row } = findPrice(prices, upstreamModel, Date.now())
  return {
    tokens: estimate.promptTokens + estimate.outputTokens,
    nanoUsd: estimateNanoUsd(estimate, row.standard, multiplierMillionths),
  }
}

const NO_CHANNEL = 0

/** Not the route, which is planned later and by more: an estimate needs a likely price, no more. */
function likelyTarget({ channels, mappings }: Snapshot, name: string) {
  const mappingOn = mappings.of(name)
  const channel = channels.find(
    ({ id, enabled, models }) => enabled && (mappingOn(id)?.isOwn || servesModel(models, name)),
  )
  const channelId = channel?.id ?? NO_CHANNEL
  return { channelId, upstreamModel: mappingOn(channelId)?.upstreamModel ?? name }
}
