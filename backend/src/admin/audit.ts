/** Notes who changed what, in the log and in the table that the console reads; never the values, which may be secret. */
import { addAuditEvent } from '../store/audit-events.ts'
import { nameOf } from './caller.ts'
import type { AdminContext } from './context.ts'
import type { AdminCall } from './handler.ts'

/**
 * `event` is a stable name such as `channel created`; `fields` identify the thing: the first that is called `…Id` is
 * what was changed (`channelId: 7` is `channel 7`). Never rejects: the change has been made, and a table that cannot be
 * written must not make it look as if it had failed. The log line stands in any case, and says what the table lacks.
 */
export async function audit(
  context: AdminContext,
  call: AdminCall,
  event: string,
  fields: object = {},
): Promise<void> {
  const { clientAddress } = call
  const by = nameOf(call.caller)
  context.log.info({ audit: true, by, clientAddress, ...fields }, event)
  const { subject, details } = subjectOf(fields)
  try {
    const written = { atMs: context.now(), actor: by, action: event, subject, details, clientAddress }
    await addAuditEvent(context.store.db, written)
  } catch (cause) {
    context.log.error(
      { by, event, ...fields, cause: String(cause) },
      'audit event not written to the database',
    )
  }
}

function subjectOf(fields: object): { subject: string | null; details: Record<string, unknown> } {
  const details: Record<string, unknown> = { ...fields }
  const name = Object.keys(details).find((key) => key.endsWith('Id'))
  if (name === undefined) return { subject: null, details }
  const { [name]: id, ...others } = details
  return { subject: `${name.slice(0, -'Id'.length)} ${id}`, details: others }
}

/** Notes a change of channels, mappings, keys or settings, and makes the next request see it. */
export async function changed(
  context: AdminContext,
  call: AdminCall,
  event: string,
  fields: object,
): Promise<void> {
  await audit(context, call, event, fields)
  await context.configurationChanged()
}
