/** `system_configs`: single values by name, and the revision that tells every process to reload its snapshot. */
import { sql } from 'kysely'
import type { Db } from './database.ts'

const REVISION = 'revision'

/** undefined when it was never written. */
export async function readConfig(db: Db, name: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('system_configs')
    .select('value')
    .where('name', '=', name)
    .executeTakeFirst()
  return row?.value
}

/** Replaces what is stored under the name. */
export async function writeConfig(db: Db, name: string, value: string): Promise<void> {
  await db
    .insertInto('system_configs')
    .values({ name, value })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
    .execute()
}

/** Stores the value unless there is one already; answers the one that counts. */
export async function writeConfigOnce(db: Db, name: string, value: string): Promise<string> {
  await db
    .insertInto('system_configs')
    .values({ name, value })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute()
  return (await readConfig(db, name)) ?? value
}

/** Goes up by one with every change of channels, mappings or keys. */
export async function readRevision(db: Db): Promise<number> {
  return Number(await readConfig(db, REVISION))
}

/** To be called in the transaction of the change, first: the row it locks puts changes of all processes in one order. */
export async function bumpRevision(db: Db): Promise<void> {
  await db
    .updateTable('system_configs')
    .set({ value: sql<string>`cast(cast(value as bigint) + 1 as text)` })
    .where('name', '=', REVISION)
    .execute()
}

/** Waits for every other transaction that changes configuration, and keeps them out until this one ends. */
export async function lockConfigs(db: Db): Promise<void> {
  await db.updateTable('system_configs').set({ name: REVISION }).where('name', '=', REVISION).execute()
}
