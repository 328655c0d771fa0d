/** Reads the request log straight from the SQLite file, beside or after the gateway that writes it. */
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

export interface StoredLog {
  /** What `pragma integrity_check` says. */
  readonly integrity: string
  /** How many rows each request has, by its id. */
  readonly rowsById: ReadonlyMap<string, number>
  /** Requests in the sums, which are written together with the rows. */
  readonly summedRequests: number
}

export function readStoredLog(dataDir: string): StoredLog {
  const database = new DatabaseSync(join(dataDir, 'gateway.db'), { readOnly: true })
  try {
    const first = (sql: string) => Object.values(database.prepare(sql).get() ?? {})[0]
    const rows = database.prepare('select request_id, count(*) as rows from request_logs group by request_id')
    return {
      integrity: String(first('pragma integrity_check')),
      rowsById: new Map(rows.all().map((row) => [String(row['request_id']), Number(row['rows'])])),
      summedRequests: Number(
        first(`select coalesce(sum(requests), 0) from usage_sums where span = 'hour' and grain = 'all'`),
      ),
    }
  } finally {
    database.close()
  }
}
