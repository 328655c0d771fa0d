/** Makes of a gateway's data folder that of a house in which it has served for three months. No gateway may run in it. */
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { openStore } from '../../backend/src/store/database.ts'
import { END_MS, generate } from '../../backend/test/store/dense-sums.ts'

const ROWS = 1_000_000
export const DAYS = 90
const DAY_MS = 86_400_000
/** When the three months end. */
export const UNTIL_MS = END_MS

/** Some twenty requests for each hour, key, model and channel. */
const DENSITY = { days: DAYS, channels: 20, models: 30, keys: 50, hoursADay: 6, pairsAnHour: 2 }

/** The sums, as they would be after a million requests. */
export async function fillSums(dataDir: string): Promise<void> {
  const store = await openStore({ databaseUrl: null, dataDir })
  await generate(store.db, DENSITY).finally(() => store.close())
}

/** Repeats the rows that the gateway itself has written until there are a million, of all keys, channels and models. */
export function multiplyLog(dataDir: string): void {
  const database = new DatabaseSync(join(dataDir, 'gateway.db'))
  try {
    database.exec('pragma synchronous = off; pragma cache_size = -400000')
    const written = database.prepare('select count(*) as rows, max(id) as last from request_logs').get()
    const copies = Math.ceil(ROWS / Number(written?.['rows'])) - 1
    const changed: Readonly<Record<string, string>> = {
      request_id: `request_id || '-' || n`,
      started_at_ms: `${UNTIL_MS} - (${copies} - n) * ${Math.floor((DAYS * DAY_MS) / copies)} - id % 60000`,
      key_id: `1 + (id + n) % ${DENSITY.keys}`,
      channel_id: `1 + (id + n) % ${DENSITY.channels}`,
      session_id: `session_id || '-' || n`,
      requested_model: `'claude-model-' || ((id + n) % ${DENSITY.models})`,
      outcome: `case when (id + n) % 97 = 0 then 'failed' else outcome end`,
    }
    const columns = database
      .prepare(`select name from pragma_table_info('request_logs') where name <> 'id'`)
      .all()
      .map(({ name }) => String(name))
    database.exec(`
      with recursive copy (n) as (select 1 union all select n + 1 from copy where n < ${copies})
      insert into request_logs (${columns.join(', ')})
      select ${columns.map((name) => changed[name] ?? name).join(', ')}
      from copy cross join request_logs where id <= ${Number(written?.['last'])}`)
  } finally {
    database.close()
  }
}
