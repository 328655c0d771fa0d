/** Backups of the SQLite database: consistent copies beside it, made in a thread of their own. */
import { chmod, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Backup } from '@claude-gateway/contract/system.ts'
import { makeDataFolder } from './data-folder.ts'
import { openWorkerThread } from './worker-thread.ts'

export interface Backups {
  /** Writes a copy, then deletes the oldest beyond the newest five. undefined: one is being written already. */
  create(nowMs: number): Promise<Backup | undefined>
  /** Newest first. */
  list(): Promise<Backup[]>
  /** Waits for the copy under way. */
  close(): Promise<void>
}

const KEPT = 5
const NAME = /^gateway-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d-\d{3}Z\.db$/
/** Not yet whole; left behind only by a process that was killed. */
const UNFINISHED = '.unfinished'

export function createBackups(dataDir: string, file: string): Backups {
  const folder = join(dataDir, 'backups')
  let underWay: Promise<Backup> | null = null
  return {
    async create(nowMs) {
      if (underWay !== null) return undefined
      underWay = write(folder, file, nowMs).finally(() => {
        underWay = null
      })
      return underWay
    },
    list: () => list(folder),
    async close() {
      await underWay?.catch(() => undefined)
    },
  }
}

async function write(folder: string, file: string, nowMs: number): Promise<Backup> {
  await makeDataFolder(folder)
  await removeUnfinished(folder)
  const name = `gateway-${new Date(nowMs).toISOString().replaceAll(/[:.]/g, '-')}.db`
  const target = join(folder, name + UNFINISHED)
  // SQLite would create it readable for everybody; an empty file it takes for a new one, and keeps its mode.
  await (await open(target, 'wx', 0o600)).close()
  try {
    await copyInto(target, file)
    await chmod(target, 0o600)
    await rename(target, join(folder, name))
  } catch (error) {
    await rm(target, { force: true })
    throw error
  }
  for (const old of (await list(folder)).slice(KEPT)) await rm(join(folder, old.name), { force: true })
  return backupOf(folder, name)
}

async function copyInto(target: string, file: string): Promise<void> {
  const thread = await openWorkerThread({ engine: 'sqlite', file, readOnly: true })
  try {
    // The database itself is still opened read-only; this only lets SQLite write the copy.
    await thread.query('pragma query_only = off', [])
    await thread.query('vacuum into ?', [target])
  } finally {
    await thread.close()
  }
}

async function removeUnfinished(folder: string): Promise<void> {
  for (const name of await readdir(folder))
    if (name.endsWith(UNFINISHED)) await rm(join(folder, name), { force: true })
}

async function list(folder: string): Promise<Backup[]> {
  // Without the folder there are none.
  const names = await readdir(folder).catch(() => [])
  const newestFirst = names
    .filter((name) => NAME.test(name))
    .sort()
    .reverse()
  return Promise.all(newestFirst.map((name) => backupOf(folder, name)))
}

async function backupOf(folder: string, name: string): Promise<Backup> {
  const { size } = await stat(join(folder, name))
  const time = name.slice('gateway-'.length, -'.db'.length)
  const iso = time.replace(/T(\d\d)-(\d\d)-(\d\d)-(\d{3})Z$/, 'T$1:$2:$3.$4Z')
  return { name, bytes: size, created_at_ms: Date.parse(iso) }
}
