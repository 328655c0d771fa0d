/** The table `prices`: what models cost, from which day on, for all channels or for one. */
import type { NewPrice, PriceChange } from '@claude-gateway/contract/price.ts'
import type { Selectable } from 'kysely'
import { type StoredPrice, UNKNOWN_MODEL } from '../domain/price.ts'
import type { PriceFile } from '../domain/price-file.ts'
import { GatewayError } from '../failures.ts'
import { bumpRevision, readConfig, writeConfig } from './configs.ts'
import { type BrokenRules, changeConfiguration } from './configuration-change.ts'
import type { Db } from './database.ts'
import { changedColumns, columnsOfRow, newColumns, toPrice } from './price-row.ts'
import type { PriceTable } from './price-tables.ts'
import { inTransaction } from './transaction.ts'

/** By model, the newest first. */
export async function listPrices(db: Db): Promise<StoredPrice[]> {
  const rows = await db
    .selectFrom('prices')
    .selectAll()
    .orderBy('model')
    .orderBy('effective_from_ms', 'desc')
    .orderBy('id')
    .execute()
  return rows.map(toPrice)
}

/** Fails with `conflict` where there is one of that day already, `validation_failed` for a channel that does not exist. */
export function createPrice(db: Db, fields: NewPrice): Promise<StoredPrice> {
  return changeConfiguration(db, RULES, async (transaction) => {
    const now = Date.now()
    const row = await transaction
      .insertInto('prices')
      .values({ ...newColumns(fields), created_at_ms: now, updated_at_ms: now })
      .returningAll()
      .executeTakeFirstOrThrow()
    return withOwnAliases(transaction, toPrice(row))
  })
}

/**
 * What is left out stays, and the price is the operator's from now on; undefined when there is none. Fails as
 * `createPrice`, and with `validation_failed` where it would leave no row, or another one, for unknown models.
 */
export function updatePrice(db: Db, id: number, change: PriceChange): Promise<StoredPrice | undefined> {
  return changeConfiguration(db, RULES, async (transaction) => {
    const before = await transaction.selectFrom('prices').selectAll().where('id', '=', id).executeTakeFirst()
    if (before === undefined) return undefined
    const row = await transaction
      .updateTable('prices')
      .set({ ...changedColumns(change), origin: 'operator', updated_at_ms: Date.now() })
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirstOrThrow()
    refuseOtherUnknown(before, row)
    return withOwnAliases(transaction, toPrice(row))
  })
}

/** The row of unknown models holds for every channel, at all times, and no other row becomes it. */
function refuseOtherUnknown(before: Selectable<PriceTable>, after: Selectable<PriceTable>): void {
  const fault = 'cannot be changed of the row of unknown models, nor to it'
  const fields: Record<string, string> = {}
  if ((before.model === UNKNOWN_MODEL) !== (after.model === UNKNOWN_MODEL)) fields.model = fault
  if (before.model === UNKNOWN_MODEL) {
    if (after.channel_id !== null) fields.channel_id = fault
    if (after.effective_from_ms !== 0) fields.effective_from_ms = fault
    if (after.aliases !== before.aliases) fields.aliases = fault
  }
  if (Object.keys(fields).length === 0) return
  throw new GatewayError('validation_failed', `Not accepted: ${Object.keys(fields).join(', ')} ${fault}.`, {
    fields,
  })
}

/** Undefined when there is none. Fails with `conflict` for the row of unknown models, without which something would be free. */
export function deletePrice(db: Db, id: number): Promise<StoredPrice | undefined> {
  return changeConfiguration(db, {}, async (transaction) => {
    const row = await transaction.deleteFrom('prices').where('id', '=', id).returningAll().executeTakeFirst()
    if (row?.model === UNKNOWN_MODEL) {
      throw new GatewayError(
        'conflict',
        'The price of unknown models can be changed, not deleted: without it they would be free.',
      )
    }
    return row && toPrice(row)
  })
}

const RULES: BrokenRules = {
  unique: (cause) =>
    new GatewayError(
      'conflict',
      'There is a price of this model from this time on already; change that one.',
      {
        cause,
      },
    ),
  foreign_key: (cause) =>
    new GatewayError('validation_failed', 'The channel of the price does not exist.', {
      cause,
      fields: { channel_id: 'no channel has this id' },
    }),
}

/** Within a layer a name has one meaning. The transaction holds the revision, so no other change comes between. */
async function withOwnAliases(transaction: Db, price: StoredPrice): Promise<StoredPrice> {
  const others = (await listPrices(transaction)).filter(
    ({ model, origin, channelId }) =>
      model !== price.model && origin === price.origin && channelId === price.channelId,
  )
  const taken = price.aliases.find((alias) => others.some(({ aliases }) => aliases.includes(alias)))
  if (taken === undefined) return price
  throw new GatewayError('conflict', `${taken} is an alias of another price already.`)
}

/** Under which the day of the shipped list is kept that was taken over last. */
const SHIPPED_AS_OF = 'prices_as_of'

/**
 * Takes over the list that the gateway is shipped with, once for each of its days: its rows replace the shipped ones,
 * while an operator's stay as they are. A row that an operator deleted comes back with a newer list that names it.
 * Several processes may do so at once, and an older one never takes the place of a newer one's list.
 */
export function takeOverShippedPrices(db: Db, { asOf, rows }: PriceFile): Promise<void> {
  return inTransaction(db, async (transaction) => {
    const known = await readConfig(transaction, SHIPPED_AS_OF)
    if (known !== undefined && known >= asOf) return
    await bumpRevision(transaction)
    // Another process may have done so while this one waited for the revision.
    const stored = await readConfig(transaction, SHIPPED_AS_OF)
    if (stored !== undefined && stored >= asOf) return
    await replaceShipped(transaction, rows)
    await writeConfig(transaction, SHIPPED_AS_OF, asOf)
  })
}

async function replaceShipped(transaction: Db, rows: PriceFile['rows']): Promise<void> {
  const changed = await transaction
    .selectFrom('prices')
    .select('id')
    .where('model', '=', UNKNOWN_MODEL)
    .where('origin', '=', 'operator')
    .executeTakeFirst()
  const now = Date.now()
  await transaction.deleteFrom('prices').where('origin', '=', 'shipped').execute()
  await transaction
    .insertInto('prices')
    .values(
      rows
        .filter(({ model }) => changed === undefined || model !== UNKNOWN_MODEL)
        .map((row) => ({ ...columnsOfRow(row), created_at_ms: now, updated_at_ms: now })),
    )
    .execute()
}
