/** Kysely over a pool of PostgreSQL connections. */
import { type Dialect, PostgresDialect } from 'kysely'
import { Pool, types } from 'pg'

const INT8 = 20
const NUMERIC = 1700
/** How long to wait for a server that does not answer. */
const CONNECT_TIMEOUT_MS = 10_000

/** A pool of at most `max` connections; none is made before the first query. */
export function openPostgresPool(databaseUrl: string, max: number): Pool {
  const pool = new Pool({
    connectionString: databaseUrl,
    max,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    application_name: 'claude-gateway',
    types: { getTypeParser: (type, format) => parserOf(type, format) },
  })
  // An idle connection that the server closes is replaced at the next query; unheard, its error would end the process.
  pool.on('error', () => undefined)
  return pool
}

export const postgresDialect = (pool: Pool): Dialect => new PostgresDialect({ pool })

// Ids, times, counts and nano-dollars, and their sums (which are numeric), all stay below 2^53.
function parserOf(type: number, format: 'text' | 'binary' | undefined) {
  if (type === INT8 || type === NUMERIC) return Number
  return types.getTypeParser(type, format)
}
