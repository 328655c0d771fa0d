/** Opening, migrating and closing a database, and what an operator is told when that fails. */
import { mkdir, readdir, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { readConfig, writeConfig } from '../../src/store/configs.ts'
import { openStore, type Store } from '../../src/store/database.ts'
import { engines, freshFolder } from '../support/engines.ts'
import { appendLogsTo, recordOf } from './records.ts'

const modeOf = async (path: string): Promise<string> => ((await stat(path)).mode & 0o777).toString(8)

const messageOf = (opening: Promise<Store>): Promise<string> =>
  opening.then(
    () => 'it opened',
    (error: Error) => error.message,
  )

for (const engine of engines) {
  describe(engine.name, () => {
    test('what was written is there when the database is opened again', async () => {
      const options = await engine.fresh()
      const first = await openStore(options)
      await writeConfig(first.db, 'greeting', 'Grüß Gott 🚀')
      await first.close()
      const second = await openStore(options)
      expect(await readConfig(second.reports, 'greeting')).toBe('Grüß Gott 🚀')
      expect(second.engine).toBe(engine.name)
      await second.close()
    })

    test('four processes that start at once on an empty database migrate it once', async () => {
      const options = await engine.fresh()
      const stores = await Promise.all(Array.from({ length: 4 }, () => openStore(options)))
      const files = await readdir(new URL('../../src/store/migrations/', import.meta.url))
      const names = files.filter((file) => /^\d{4}-/.test(file)).map((file) => file.replace('.ts', ''))
      for (const { db } of stores) {
        const applied = await db.selectFrom('schema_migrations').select('name').orderBy('name').execute()
        expect(applied).toEqual(names.sort().map((name) => ({ name })))
      }
      await Promise.all(stores.map((store) => store.close()))
    })

    test('a database of a newer version is refused and left as it is', async () => {
      const options = await engine.fresh()
      const store = await openStore(options)
      await store.db
        .insertInto('schema_migrations')
        .values({ name: '0999-from-the-future', applied_at_ms: 1 })
        .execute()
      await store.close()
      expect(await messageOf(openStore(options))).toMatch(
        /written by a newer version .*0999-from-the-future.* Start that version again/,
      )
    })

    test('after closing, which may be asked twice, everything is refused', async () => {
      const store = await engine.open()
      await appendLogsTo(store, [recordOf()])
      await Promise.all([store.close(), store.close()])
      await expect(appendLogsTo(store, [recordOf()])).rejects.toThrow()
      await expect(readConfig(store.db, 'revision')).rejects.toThrow()
      await expect(readConfig(store.reports, 'revision')).rejects.toThrow()
    })

    test('closing waits for the batch and the transaction that have begun', async () => {
      const options = await engine.fresh()
      const store = await openStore(options)
      const begun = [
        appendLogsTo(store, [recordOf({ requestId: 'last' })]),
        store.db.transaction().execute((transaction) => writeConfig(transaction, 'last', 'yes')),
      ]
      await store.close()
      await Promise.all(begun)
      const again = await openStore(options)
      expect(await readConfig(again.db, 'last')).toBe('yes')
      expect(await again.db.selectFrom('request_logs').select('request_id').execute()).toEqual([
        { request_id: 'last' },
      ])
      await again.close()
    })

    test('a batch never lands inside an open transaction, and is not lost with it', async () => {
      const { db, appendRequestLogs } = await engine.open()
      let appended: Promise<void> | undefined
      const failing = db.transaction().execute(async (transaction) => {
        await writeConfig(transaction, 'half', 'done')
        appended = appendLogsTo({ appendRequestLogs }, [recordOf({ requestId: 'beside' })])
        await new Promise((resolve) => setTimeout(resolve, 50))
        throw new Error('given up')
      })
      await expect(failing).rejects.toThrow('given up')
      await appended
      expect(await readConfig(db, 'half')).toBeUndefined()
      expect(await db.selectFrom('request_logs').select('request_id').execute()).toEqual([
        { request_id: 'beside' },
      ])
    })

    test('whole numbers up to 2^53 come back exactly', async () => {
      const { db } = await engine.open()
      const largest = Number.MAX_SAFE_INTEGER
      const { rows } = await sql<{
        number: number
      }>`select cast(${String(largest)} as bigint) as number`.execute(db)
      expect(rows).toEqual([{ number: largest }])
    })
  })
}

describe('sqlite files', () => {
  test('folder and file are made for their owner alone', async () => {
    const dataDir = join(await freshFolder(), 'new', 'data')
    const store = await openStore({ databaseUrl: null, dataDir })
    expect(await modeOf(dataDir)).toBe('700')
    expect(await modeOf(join(dataDir, 'gateway.db'))).toBe('600')
    expect(await modeOf(join(dataDir, 'gateway.db-wal'))).toBe('600')
    await store.close()
  })

  test('the writing connection uses WAL, incremental vacuum, foreign keys; the other one cannot write', async () => {
    const { db, reports, close } = await openStore({ databaseUrl: null, dataDir: await freshFolder() })
    const pragma = async (name: string) => {
      const { rows } = await sql<Record<string, unknown>>`pragma ${sql.raw(name)}`.execute(db)
      return Object.values(rows[0] ?? {})[0]
    }
    expect(await pragma('journal_mode')).toBe('wal')
    expect(await pragma('auto_vacuum')).toBe(2)
    expect(await pragma('synchronous')).toBe(1)
    expect(await pragma('foreign_keys')).toBe(1)
    expect(await pragma('busy_timeout')).toBe(10_000)
    await expect(writeConfig(reports, 'a', 'b')).rejects.toThrow(/readonly/)
    await close()
  })

  test('a file that is no database is named, with what to do, and not touched', async () => {
    const dataDir = await freshFolder()
    const file = join(dataDir, 'gateway.db')
    await writeFile(file, 'This is a shopping list, and has been one for a long time. '.repeat(100))
    const { size } = await stat(file)
    expect(await messageOf(openStore({ databaseUrl: null, dataDir }))).toBe(
      `The database ${file} cannot be used: it is not an SQLite database. ` +
        'Point DATA_DIR at another folder, or move the file away to begin anew.',
    )
    expect((await stat(file)).size).toBe(size)
  })

  test('a DATA_DIR that is a file is named, with what to do', async () => {
    const dataDir = join(await freshFolder(), 'file')
    await writeFile(dataDir, '')
    expect(await messageOf(openStore({ databaseUrl: null, dataDir }))).toMatch(/DATA_DIR names a file/)
    expect(await messageOf(openStore({ databaseUrl: null, dataDir: join(dataDir, 'below') }))).toMatch(
      /a part of the path is a file/,
    )
  })

  test.skipIf(process.platform !== 'linux')(
    'a DATA_DIR where the system makes no folders is named, and not tried for ever',
    async () => {
      expect(await messageOf(openStore({ databaseUrl: null, dataDir: '/proc/data/gateway' }))).toMatch(
        /the folder cannot be made/,
      )
    },
  )

  test('a folder in the place of the file is named, with what to do', async () => {
    const dataDir = await freshFolder()
    await mkdir(join(dataDir, 'gateway.db'))
    expect(await messageOf(openStore({ databaseUrl: null, dataDir }))).toMatch(/it is a folder/)
  })
})

describe('postgres servers', () => {
  const [, postgres] = engines

  const changed = async (change: (url: URL) => void): Promise<string> => {
    const url = new URL((await postgres?.fresh())?.databaseUrl ?? '')
    change(url)
    return messageOf(openStore({ databaseUrl: url.href, dataDir: await freshFolder() }))
  }

  test('nothing listening, a wrong password and a missing database are told apart, the password never shown', async () => {
    const idle = createServer()
    await new Promise<void>((resolve) => idle.listen(0, '127.0.0.1', resolve))
    const address = idle.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    await new Promise((resolve) => idle.close(resolve))
    const messages = [
      await changed((url) => {
        url.port = String(port)
      }),
      await changed((url) => {
        url.password = 'wrong-password'
      }),
      await changed((url) => {
        url.pathname = '/nowhere'
      }),
    ]
    expect(messages[0]).toMatch(
      /^The PostgreSQL server at 127.0.0.1:\d+\/test_\d+ cannot be used: nothing answers there/,
    )
    expect(messages[1]).toMatch(/refused the password/)
    expect(messages[2]).toMatch(/does not exist. Create it/)
    for (const message of messages) expect(message).not.toMatch(/only-for-tests|wrong-password/)
  })

  test('after the server has dropped every connection, log and configuration go on with new ones', async () => {
    const store = await postgres?.open()
    if (store === undefined) throw new Error('no engine')
    await appendLogsTo(store, [recordOf()])
    await sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`.execute(
      store.db,
    )
    await expect.poll(() => appendLogsTo(store, [recordOf()]).then(() => 'written', String)).toBe('written')
    expect(await readConfig(store.db, 'revision')).toBe('1')
  })
})
