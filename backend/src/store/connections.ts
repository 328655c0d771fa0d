/** What an engine gives the store: a database to work with, one to report from, and a thread that appends the log. */
import type { Kysely } from 'kysely'
import type { PackedRows } from './packed-rows.ts'
import type { Schema } from './schema.ts'
import type { Backups } from './sqlite-backups.ts'
import type { ReportBytes } from './worker-protocol.ts'

export interface Connections {
  /** For reading and writing configuration. */
  readonly db: Kysely<Schema>
  /** For long reads (statistics, logs, export): they delay nobody. */
  readonly reports: Kysely<Schema>
  /**
   * Has a module of ours (see `MakeReport`) make a whole report off the event loop, in the thread that reads: adding up
   * rows and writing them down would delay streams as well. Rejects with the error that it threw.
   */
  makeReport(module: URL, question: object): Promise<ReportBytes>
  /**
   * Writes log rows and adds them to the hourly sums, all in one transaction, off the event loop; rows whose request id is
   * stored already are left out. Rejects when nothing was written: the caller keeps the rows and tries again.
   */
  appendRequestLogs(logs: readonly PackedRows[]): Promise<void>
  /** null where the engine has tools of its own for that. */
  readonly backups: Backups | null
  /** Finishes what has begun and closes every connection. */
  close(): Promise<void>
}
