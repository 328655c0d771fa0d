/** What the route is asked with: a model, perhaps who asks, and channels as they are not; and how the address says it. Pure. */
import type { CallInput } from '@claude-gateway/contract/endpoint.ts'
import { routeEndpoints } from '@claude-gateway/contract/route.ts'

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

/** `3.off,7.on.20`: channel 3 switched off, channel 7 on and of priority 20. Undefined where nothing is edited. */
export function writeWhatIfs(whatIfs: WhatIfs): string | undefined {
  const parts = [...whatIfs].map(([id, { enabled, priority }]) => {
    const state = enabled === undefined ? [] : [enabled ? 'on' : 'off']
    return [id, ...state, ...(priority === undefined ? [] : [priority])].join('.')
  })
  return parts.length === 0 ? undefined : parts.join(',')
}

const PART = /^([1-9]\d{0,14})(?:\.(on|off))?(?:\.(-?\d{1,9}))?$/
/** As many as the gateway takes. */
const PARTS_MAX = 200

/** What `writeWhatIfs` wrote; a part that makes no sense is passed over. */
export function readWhatIfs(text: string | null): WhatIfs {
  const parts = (text ?? '').split(',').flatMap((part): [number, WhatIf][] => {
    const [, id, state, priority] = PART.exec(part) ?? []
    if (id === undefined || (state === undefined && priority === undefined)) return []
    const enabled = state === undefined ? {} : { enabled: state === 'on' }
    return [[Number(id), { ...enabled, ...(priority === undefined ? {} : { priority: Number(priority) }) }]]
  })
  return new Map(parts.slice(0, PARTS_MAX))
}

/** Who asks for what: the model, and the session of a key, whose warm channel comes first. */
export const askedSchema = routeEndpoints.explain.body
  .pick({ model: true, key_id: true, session_id: true })
  .partial()
export type Asked = ReturnType<typeof askedSchema.parse>

export function questionOf(asked: Asked & { readonly model: string }, whatIfs: WhatIfs) {
  return { ...asked, overrides: [...whatIfs].map(([channel_id, edit]) => ({ channel_id, ...edit })) }
}
