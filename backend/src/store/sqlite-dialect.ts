/** A Kysely dialect over one SQLite connection, wherever that lives: in this thread or behind a worker. */
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import type { Value } from './row-values.ts'
import type { SqliteFile, SqliteResult } from './sqlite-file.ts'

/** `SqliteFile`'s, wherever that lives. */
export type SqliteExecute = (...statement: Parameters<SqliteFile['execute']>) => Promise<SqliteResult>

/** A query that is run once with each of these parameters instead of its own; its rows are how many each run changed. */
export interface RepeatedQuery<Row = unknown> extends CompiledQuery<Row> {
  readonly runs?: readonly (readonly Value[])[]
}

/** Opening and closing the connection stay with the one who made `execute`. */
export function sqliteDialect(execute: SqliteExecute): Dialect {
  return {
    createDriver: () => createDriver(execute),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createAdapter: () => new SqliteAdapter(),
    createIntrospector: (db) => new SqliteIntrospector(db),
  }
}

// Kysely itself lets only one caller at a time have the connection, since the adapter says that there is one.
function createDriver(execute: SqliteExecute): Driver {
  const connection = createConnection(execute)
  const run = async (sql: string) => {
    await connection.executeQuery(CompiledQuery.raw(sql))
  }
  return {
    init: async () => undefined,
    acquireConnection: async () => connection,
    // Taking the write lock at once: a transaction that reads first could otherwise fail when it comes to write.
    beginTransaction: () => run('begin immediate'),
    commitTransaction: () => run('commit'),
    rollbackTransaction: () => run('rollback'),
    releaseConnection: async () => undefined,
    destroy: async () => undefined,
  }
}

function createConnection(execute: SqliteExecute): DatabaseConnection {
  return {
    executeQuery: async <Row>({ sql, parameters, runs }: RepeatedQuery): Promise<QueryResult<Row>> => {
      const { rows, changes, insertId } = await execute(sql, parameters, runs)
      return {
        // The row type is the promise that the schema makes for the query; no driver can check it.
        rows: rows as Row[],
        numAffectedRows: BigInt(changes),
        insertId: BigInt(insertId),
      }
    },
    streamQuery: () => {
      throw new Error('Read page by page: an open cursor would hold the one connection.')
    },
  }
}
