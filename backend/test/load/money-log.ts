/** What the gateway wrote down, read straight from its file when it has stopped: the log, and every sum of it. */
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

export interface LoggedRequest {
  readonly number: number
  readonly outcome: string
  readonly costNanoUsd: number
  readonly failoverNanoUsd: number
  readonly isEstimated: boolean
  readonly attempts: number
}

/** What the rows of one table, or of one kind of sums, add up to. */
interface Sums {
  readonly requests: number
  readonly costNanoUsd: number
  readonly failoverNanoUsd: number
  readonly tokens: number
}

interface MoneyLog {
  readonly rows: readonly LoggedRequest[]
  readonly sums: Sums
  /** By span and grain: `hour all`, `day key`, … */
  readonly sumsOfSums: Readonly<Record<string, Sums>>
}

const TOKENS = ['input', 'output', 'cache_read', 'cache_write_5m', 'cache_write_1h'].map(
  (kind) => `${kind}_tokens`,
)
const SUMS = `coalesce(sum(cost_nano_usd), 0) as costNanoUsd, coalesce(sum(failover_cost_nano_usd), 0) as failoverNanoUsd,
  coalesce(sum(${TOKENS.join(' + ')}), 0) as tokens`

export function readMoneyLog(dataDir: string): MoneyLog {
  const database = new DatabaseSync(join(dataDir, 'gateway.db'), { readOnly: true })
  try {
    const rows = database.prepare(`
      select cast(agent_id as integer) as number, outcome, cost_nano_usd as costNanoUsd,
        failover_cost_nano_usd as failoverNanoUsd, cost_estimated as isEstimated, json_array_length(attempts) as attempts
      from request_logs`)
    const sums = database.prepare(`select count(*) as requests, ${SUMS} from request_logs`)
    const sumsOfSums = database.prepare(`
      select span || ' ' || grain as name, sum(requests) as requests, ${SUMS}
      from usage_sums where grain not in ('tag', 'full_tag') group by span, grain order by name`)
    return {
      rows: rows
        .all()
        .map((row) => ({ ...row, isEstimated: row['isEstimated'] === 1 })) as unknown as LoggedRequest[],
      sums: { ...sums.get() } as unknown as Sums,
      sumsOfSums: Object.fromEntries(
        sumsOfSums.all().map(({ name, ...all }) => [String(name), all as unknown as Sums]),
      ),
    }
  } finally {
    database.close()
  }
}
