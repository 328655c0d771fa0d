/** Notes who changed what; never the values, which may be secret. */
import { nameOf } from './caller.ts'
import type { AdminContext } from './context.ts'
import type { AdminCall } from './handler.ts'

/** `event` is a stable name such as `channel created`; `fields` identify the thing. */
export function audit(context: AdminContext, call: AdminCall, event: string, fields: object = {}): void {
  const { caller, clientAddress } = call
  context.log.info({ audit: true, by: nameOf(caller), clientAddress, ...fields }, event)
}

/** Notes a change of channels, mappings or keys, and makes the next request see it. */
export async function changed(
  context: AdminContext,
  call: AdminCall,
  event: string,
  fields: object,
): Promise<void> {
  audit(context, call, event, fields)
  await context.configurationChanged()
}
