/** Decides whether this key may ask for this model now. */
import type { GatewayKey } from '../domain/gateway-key.ts'
import { servesModel, withoutWindowHint } from '../domain/model-name.ts'
import { GatewayError } from '../failures.ts'

/** @throws GatewayError `model_not_allowed`: 400, since Claude Code throws a 404's text away (rule C4). */
export function permit(key: GatewayKey, model: string): void {
  if (servesModel(key.models, withoutWindowHint(model))) return
  throw new GatewayError(
    'model_not_allowed',
    `This gateway key may not use the model ${model}. It may use: ${key.models.join(', ')}.`,
  )
}
