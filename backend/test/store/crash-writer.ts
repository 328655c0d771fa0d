/** A process for `crash.test.ts` to kill: appends batches for ever, and prints how many requests are written for sure. */
import { openStore } from '../../src/store/database.ts'
import { appendLogsTo, recordOf } from './records.ts'

const [dataDir = '', databaseUrl = null, name = ''] = process.argv.slice(2)
const store = await openStore({ dataDir, databaseUrl: databaseUrl === '' ? null : databaseUrl })
for (let written = 0; ; ) {
  const batch = Array.from({ length: 20 }, (_, index) =>
    recordOf({ requestId: `${name}-${written + index}` }),
  )
  await appendLogsTo(store, batch)
  written += batch.length
  process.stdout.write(`${written}\n`)
}
