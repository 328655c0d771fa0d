/** What the address asks of the audit log, and the call that asks it. */
import { z } from 'zod'

const daySchema = z.iso.date().optional()

export const auditSearchSchema = z.object({
  actor: z.string().optional(),
  action: z.string().optional(),
  /** Days of the reader's calendar; the last one is part of the range. */
  from: daySchema,
  to: daySchema,
  cursor: z.string().optional(),
})
export type AuditSearch = z.output<typeof auditSearchSchema>

function endOf(day: string): number {
  const midnight = new Date(`${day}T00:00:00`)
  midnight.setDate(midnight.getDate() + 1)
  return midnight.getTime()
}

export function questionOf({ actor, action, from, to, cursor }: AuditSearch) {
  return {
    ...(actor ? { actor } : {}),
    ...(action ? { action } : {}),
    ...(from ? { from: new Date(`${from}T00:00:00`).getTime() } : {}),
    ...(to ? { to: endOf(to) } : {}),
    ...(cursor ? { cursor } : {}),
  }
}
