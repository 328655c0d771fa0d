/** What the route is asked with: a model, and channels as they are not. */
import type { CallInput } from '@claude-gateway/contract/endpoint.ts'
import type { routeEndpoints } from '@claude-gateway/contract/route.ts'

type Override = NonNullable<CallInput<typeof routeEndpoints.explain>['body']['overrides']>[number]
export type WhatIf = Omit<Override, 'channel_id'>

/** By channel id; what is not in it is as it is. */
export type WhatIfs = ReadonlyMap<number, WhatIf>

/** Takes an edit back where it says nothing. */
export function withEdit(before: WhatIfs, channelId: number, edit: WhatIf): WhatIfs {
  const after = new Map(before)
  const merged = { ...before.get(channelId), ...edit }
  const meant = Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== undefined))
  if (Object.keys(meant).length === 0) after.delete(channelId)
  else after.set(channelId, meant)
  return after
}

export function questionOf(model: string, whatIfs: WhatIfs) {
  return { model, overrides: [...whatIfs].map(([channel_id, edit]) => ({ channel_id, ...edit })) }
}
