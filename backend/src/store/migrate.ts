/** Brings a database to the schema that this version knows, once, however many processes start together. */
import { type Kysely, sql } from 'kysely'
import type { Engine } from './dialect.ts'
import { firstTables } from './migrations/0001-first-tables.ts'
import { routing } from './migrations/0002-routing.ts'
import { prices } from './migrations/0003-prices.ts'
import { statistics } from './migrations/0004-statistics.ts'
import { limits } from './migrations/0005-limits.ts'
import { sessions } from './migrations/0006-sessions.ts'
import { retention } from './migrations/0007-retention.ts'
import { channelChoice } from './migrations/0008-channel-choice.ts'
import { reasons } from './migrations/0009-reasons.ts'
import { costlySessions } from './migrations/0010-costly-sessions.ts'
import type { Schema } from './schema.ts'

interface Migration {
  /** Its number and what it does; migrations run in the order of the list below. */
  readonly name: string
  readonly up: (db: Kysely<Schema>, engine: Engine) => Promise<void>
}

const MIGRATIONS: readonly Migration[] = [
  firstTables,
  routing,
  prices,
  statistics,
  limits,
  sessions,
  retention,
  channelChoice,
  reasons,
  costlySessions,
]

/** Any number will do, so long as every version of the gateway uses the same. */
const LOCK_ID = 7_310_448_201

/**
 * Runs what has not run yet, in one transaction. On SQLite that transaction holds the only write lock from its
 * beginning; on PostgreSQL it takes an advisory lock; so a second process waits, and then finds nothing to do.
 * Fails when the database has been migrated by a newer version.
 */
export async function migrate(db: Kysely<Schema>, engine: Engine): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    if (engine === 'postgres')
      await sql`select pg_advisory_xact_lock(${sql.lit(LOCK_ID)})`.execute(transaction)
    await transaction.schema
      .createTable('schema_migrations')
      .ifNotExists()
      .addColumn('name', 'text', (column) => column.primaryKey())
      .addColumn('applied_at_ms', 'bigint', (column) => column.notNull())
      .execute()
    const rows = await transaction.selectFrom('schema_migrations').select('name').execute()
    const applied = rows.map(({ name }) => name)
    refuseNewer(applied)
    for (const { name, up } of MIGRATIONS) {
      if (applied.includes(name)) continue
      await up(transaction, engine)
      await transaction.insertInto('schema_migrations').values({ name, applied_at_ms: Date.now() }).execute()
    }
  })
}

function refuseNewer(applied: readonly string[]): void {
  const unknown = applied.filter((name) => !MIGRATIONS.some((migration) => migration.name === name))
  if (unknown.length === 0) return
  throw new Error(
    `it was written by a newer version of the gateway (it has ${unknown.join(', ')}, which this version does not know). ` +
      'Start that version again, or restore a backup from before the update.',
  )
}
