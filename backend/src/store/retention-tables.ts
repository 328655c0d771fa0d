/** The tables `audit_events` and `captured_bodies` as Kysely sees them. */
import type { Generated } from 'kysely'
import type { Flag } from './columns.ts'

export interface AuditEventTable {
  id: Generated<number>
  at_ms: number
  actor: string
  action: string
  subject: string | null
  /** JSON: an object. */
  details: string
  client_address: string | null
}

export interface CapturedBodiesTable {
  request_id: string
  key_id: number
  at_ms: number
  expires_at_ms: number
  /** Sealed. */
  request: string
  /** Sealed. */
  response: string
  /** Of the whole bodies, as they came. */
  request_bytes: number
  response_bytes: number
  request_cut: Flag
  response_cut: Flag
}
