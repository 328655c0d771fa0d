/** A mapping as its form holds it. */
import type { MappingView } from '@claude-gateway/contract/mapping.ts'

/** Stands for every channel, since a select cannot hold null. */
export const EVERY_CHANNEL = 0

export interface MappingValues {
  display_model: string
  upstream_model: string
  channel_id: number
}

export function valuesOf({ display_model, upstream_model, channel_id }: MappingView): MappingValues {
  return { display_model, upstream_model, channel_id: channel_id ?? EVERY_CHANNEL }
}

export function mappingBody(values: MappingValues) {
  return { ...values, channel_id: values.channel_id === EVERY_CHANNEL ? null : values.channel_id }
}
