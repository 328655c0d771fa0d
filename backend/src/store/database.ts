/** Opens the database, whichever engine it is, and brings it to the schema that this version knows. */
import type { Kysely } from 'kysely'
import type { Connections } from './connections.ts'
import { makeDataFolder } from './data-folder.ts'
import type { Engine } from './dialect.ts'
import { migrate } from './migrate.ts'
import { explainPostgresFailure, explainSqliteFailure } from './open-failures.ts'
import type { Schema } from './schema.ts'
import { connectSqlite } from './sqlite-connections.ts'

/** What every store function takes first: the database, or a transaction of it. */
export type Db = Kysely<Schema>

export interface Store extends Connections {
  readonly engine: Engine
}

export interface StoreOptions {
  /** `postgres://…`; null: SQLite in `dataDir/gateway.db`. */
  readonly databaseUrl: string | null
  /** Created with mode 0700 when it is not there. */
  readonly dataDir: string
}

/** Resolves when the database is usable; rejects with a StartFailure. */
export async function openStore({ databaseUrl, dataDir }: StoreOptions): Promise<Store> {
  if (databaseUrl !== null) {
    // Loaded here: SQLite does without its driver.
    const { connectPostgres } = await import('./postgres-connections.ts')
    return openWith('postgres', () => connectPostgres(databaseUrl)).catch((error: unknown) => {
      throw explainPostgresFailure(databaseUrl, error)
    })
  }
  return openWith('sqlite', async () => {
    await makeDataFolder(dataDir)
    return connectSqlite(dataDir)
  }).catch((error: unknown) => {
    throw explainSqliteFailure(dataDir, error)
  })
}

async function openWith(engine: Engine, connect: () => Promise<Connections>): Promise<Store> {
  const connections = await connect()
  try {
    await migrate(connections.db, engine)
  } catch (error) {
    await connections.close()
    throw error
  }
  let closed: Promise<void> | undefined
  const close = (): Promise<void> => {
    closed ??= connections.close()
    return closed
  }
  return { engine, ...connections, close }
}
