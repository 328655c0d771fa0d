/** The installation itself: what is stored, how it grows, what was deleted, and backups. */
import { z } from 'zod'
import { timeMsSchema } from './common.ts'
import { endpoint } from './endpoint.ts'

const countSchema = z.number().int().nonnegative()

export const retentionRunSchema = z.object({
  at_ms: timeMsSchema.describe('When it began.'),
  duration_ms: countSchema,
  deleted: z
    .object({
      requests: countSchema,
      bodies: countSchema,
      channel_events: countSchema,
      audit_events: countSchema,
      sessions: countSchema.default(0),
    })
    .describe(
      'How many rows of each kind. A request that is deleted takes its stored bodies along, uncounted.',
    ),
  freed_bytes: countSchema.describe('By how much the log became smaller; on PostgreSQL an estimate.'),
})
export type RetentionRun = z.output<typeof retentionRunSchema>

export const backupSchema = z.object({
  name: z.string().describe('The file, in DATA_DIR/backups.'),
  bytes: countSchema,
  created_at_ms: timeMsSchema,
})
export type Backup = z.output<typeof backupSchema>

export const storageSchema = z.object({
  engine: z.enum(['sqlite', 'postgres']),
  database_bytes: countSchema.describe('On SQLite the database file, without its write-ahead log.'),
  log_bytes: countSchema.describe(
    'What LOG_MAX_SIZE limits: the table of requests with its indexes, on SQLite with the stored bodies; on PostgreSQL ' +
      'without room left by deleted rows. An estimate where it is long.',
  ),
  log_rows: countSchema,
  oldest_log_at_ms: timeMsSchema.nullable(),
  log_rows_per_day: z.number().nonnegative().describe('Over the last seven days, or since the oldest entry.'),
  log_bytes_per_day: z.number().nonnegative(),
})
export type StorageView = z.output<typeof storageSchema>

export const systemSchema = z.object({
  version: z.string(),
  node_version: z.string(),
  started_at_ms: timeMsSchema,
  uptime_ms: countSchema,
  storage: storageSchema,
  journal_waiting: countSchema.describe('Settled requests that are not in the database yet.'),
  last_retention: retentionRunSchema
    .nullable()
    .describe('The last run of any process; null before the first, which comes a minute after the start.'),
  backups: z.array(backupSchema).describe('Newest first; always empty on PostgreSQL.'),
})
export type SystemView = z.output<typeof systemSchema>

const tag = 'System'
export const systemEndpoints = {
  read: endpoint({
    method: 'GET',
    path: '/api/system',
    tag,
    summary: 'Version, storage and its growth, and what retention last deleted',
    response: systemSchema,
  }),
  backup: endpoint({
    method: 'POST',
    path: '/api/system/backup',
    tag,
    summary:
      'Write a consistent copy of the SQLite database into DATA_DIR/backups and keep the newest five; 501 on PostgreSQL, ' +
      'where pg_dump is the way. The encryption key is not part of it',
    response: backupSchema,
    status: 201,
  }),
}
