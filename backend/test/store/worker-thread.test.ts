import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { sqliteFileIn } from '../../src/store/sqlite-connections.ts'
import { openSqliteFile } from '../../src/store/sqlite-file.ts'
import { openWhenAsked } from '../../src/store/worker-thread.ts'

/** Of one connection alone, so that it tells whether another one has been opened. */
const MARK = 'pragma cache_size = 1234'
const isMarked = async ({ query }: Asked): Promise<boolean> =>
  (await query('pragma cache_size', [])).rows.some((row) => Object.values(row as object).includes(1234))

type Asked = ReturnType<typeof openWhenAsked>

async function openThread(restMs: number): Promise<Asked> {
  const dataDir = await mkdtemp(join(tmpdir(), 'gateway-test-'))
  const file = sqliteFileIn(dataDir)
  openSqliteFile(file, false).close()
  const thread = openWhenAsked({ engine: 'sqlite', file, readOnly: true }, restMs)
  onTestFinished(async () => {
    await thread.close()
    await rm(dataDir, { recursive: true })
  })
  return thread
}

test('a thread that nobody asks for a while ends, and the next question has another one', async () => {
  const thread = await openThread(200)
  await thread.query(MARK, [])
  expect(await isMarked(thread)).toBe(true)
  await sleep(600)
  expect(await isMarked(thread)).toBe(false)
})

test('a thread that is asked again and again goes on', async () => {
  const thread = await openThread(1000)
  await thread.query(MARK, [])
  for (let count = 0; count < 8; count += 1) {
    await sleep(200)
    expect(await isMarked(thread)).toBe(true)
  }
})

test('questions that come while it ends are all answered', async () => {
  const thread = await openThread(5)
  for (let count = 0; count < 30; count += 1) {
    expect((await thread.query('select 1 as one', [])).rows).toEqual([{ one: 1 }])
    await sleep(4 + (count % 4))
  }
})

test('after its close nothing is asked any more', async () => {
  const thread = await openThread(10)
  await thread.query('select 1', [])
  await thread.close()
  await expect(thread.query('select 1', [])).rejects.toThrow('The database is closed.')
})
