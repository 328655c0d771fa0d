/** A process that is killed in the middle of writing loses nothing that was written, and leaves a sound database. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { openStore, type StoreOptions } from '../../src/store/database.ts'
import { listSessions } from '../../src/store/sessions.ts'
import { engines } from '../support/engines.ts'
import { usageOfAll } from './usage.ts'

const WRITER = fileURLToPath(new URL('./crash-writer.ts', import.meta.url))

/** Lets a writer write, kills it with SIGKILL at a chance moment, and answers how many requests it said were written. */
async function writeAndKill({ dataDir, databaseUrl }: StoreOptions, name: string): Promise<number> {
  const writer = spawn(process.execPath, [WRITER, dataDir, databaseUrl ?? '', name], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exited = once(writer, 'exit')
  const killAfter = 200 + Math.random() * 500
  let written = 0
  for await (const line of createInterface(writer.stdout)) {
    written = Number(line)
    if (written > killAfter) writer.kill('SIGKILL')
  }
  expect(await exited).toEqual([null, 'SIGKILL'])
  return written
}

for (const engine of engines) {
  describe(engine.name, () => {
    test('three kills in a row lose no written row, and sums and rows agree', async () => {
      const options = await engine.fresh()
      for (const name of ['first', 'second', 'third']) {
        const written = await writeAndKill(options, name)
        const store = await openStore(options)
        const { rows } = await sql<{ number: number }>`
          select count(*) as number from request_logs where request_id like ${`${name}-%`}`.execute(store.db)
        const kept = rows[0]?.number ?? 0
        expect(kept).toBeGreaterThanOrEqual(written)
        // A batch is there whole or not at all.
        expect(kept % 20).toBe(0)
        const all = await store.db.selectFrom('request_logs').select('cost_nano_usd').execute()
        const { totals } = await usageOfAll(store.reports)
        expect(totals.requests).toBe(all.length)
        const cost = all.reduce((sum, row) => sum + row.cost_nano_usd, 0)
        expect(totals.cost_nano_usd).toBe(cost)
        expect(await listSessions(store.reports, {}, { limit: 2 })).toMatchObject([
          { requests: all.length, cost_nano_usd: cost },
        ])
        if (engine.name === 'sqlite') {
          expect((await sql`pragma integrity_check`.execute(store.db)).rows).toEqual([
            { integrity_check: 'ok' },
          ])
        }
        await store.close()
      }
    })
  })
}
