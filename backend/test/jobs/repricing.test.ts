/** Re-pricing on both engines: shown, applied, run twice, broken off, and what it leaves alone. */
import { newPriceSchema } from '@claude-gateway/contract/price.ts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { chargeFor } from '../../src/domain/charge.ts'
import { priceList } from '../../src/domain/price-list.ts'
import { createRepricing } from '../../src/jobs/repricing.ts'
import { createChannel, deleteChannel, updateChannel } from '../../src/store/channels.ts'
import type { Store } from '../../src/store/database.ts'
import { createPrice, listPrices, takeOverShippedPrices } from '../../src/store/prices.ts'
import { chargedRequests, writeCharges } from '../../src/store/repricing.ts'
import { openSecrets } from '../../src/store/secrets.ts'
import { recharged, spentIn } from '../../src/store/stored-charge.ts'
import { appendLogsTo, newChannelOf, usageOf } from '../store/records.ts'
import { chargedRecord, spendings } from '../support/charged-requests.ts'
import { type Engine, engines, freshFolder } from '../support/engines.ts'
import { priceRow } from '../support/price-row.ts'

const RANGE = { from_ms: 0, to_ms: Date.UTC(2027, 0, 1) }
const ROWS = [priceRow('unknown', 5), priceRow('claude-sonnet-5', 2), priceRow('claude-opus-5', 5)]
const tariff = { prices: priceList(ROWS), multiplierMillionths: 1_000_000 }
const notBegun = () => Promise.reject(new Error('nothing was to be changed'))
const begun = () => Promise.resolve()

/** 350 charged requests: three batches and a half. */
async function lay(engine: Engine) {
  const store = await engine.open()
  const secrets = await openSecrets(store.db, { encryptionKey: 'f'.repeat(64), dataDir: await freshFolder() })
  for (const _ of [1, 2]) await createChannel(store.db, secrets, newChannelOf())
  await takeOverShippedPrices(store.db, { asOf: '2026-11-20', rows: ROWS })
  const spent = fc.sample(spendings, { numRuns: 350, seed: 4 })
  await appendLogsTo(
    store,
    spent.map((one) => chargedRecord(one, () => tariff)),
  )
  return { store, secrets, repricing: createRepricing(store) }
}

/** The same money, wherever it is added up: from the log, the statistics and the sessions. */
async function sumsOf({ db }: Store) {
  const { log } = await db
    .selectFrom('request_logs')
    .select(({ fn }) => fn.sum<number>('cost_nano_usd').as('log'))
    .executeTakeFirstOrThrow()
  const grains = await db
    .selectFrom('usage_sums')
    .select(['span', 'grain'])
    .select(({ fn }) => fn.sum<number>('cost_nano_usd').as('cost'))
    .where('grain', 'not in', ['tag', 'full_tag'])
    .groupBy(['span', 'grain'])
    .execute()
  const { sessions } = await db
    .selectFrom('sessions')
    .select(({ fn }) => fn.sum<number>('cost_nano_usd').as('sessions'))
    .executeTakeFirstOrThrow()
  return { log, all: [...new Set([...grains.map(({ cost }) => cost), sessions])] }
}

const expectWhole = async (store: Store): Promise<number> => {
  const { log, all } = await sumsOf(store)
  expect(all).toEqual([log])
  return log
}

const OPUS = newPriceSchema.parse({
  model: 'claude-opus-5',
  ...{ input: 3, output: 9, cache_read: 1, cache_write_5m: 4, cache_write_1h: 5 },
})

for (const engine of engines) {
  describe(engine.name, () => {
    test('unchanged prices give a difference of exactly zero, and no request that changes', async () => {
      const { store, repricing } = await lay(engine)
      const shown = await repricing.run(RANGE, notBegun)
      expect(shown).toMatchObject({ applied: false, rows: 350, rows_changed: 0, rows_too_old: 0 })
      expect(shown.new_nano_usd).toBe(shown.old_nano_usd)
      expect(shown.old_nano_usd).toBe(await expectWhole(store))
    })

    test('what is shown is what is then applied, to the nano-dollar, in the log and in every sum; twice is once', async () => {
      const { store, repricing } = await lay(engine)
      await createPrice(store.db, OPUS)
      const shown = await repricing.run(RANGE, notBegun)
      expect(shown.rows_changed).toBeGreaterThan(100)
      expect(await expectWhole(store)).toBe(shown.old_nano_usd)
      const applied = await repricing.run({ ...RANGE, revision: shown.revision }, begun)
      expect({ ...applied, applied: false, explanation: shown.explanation }).toEqual(shown)
      expect(await expectWhole(store)).toBe(shown.new_nano_usd)
      const again = await repricing.run({ ...RANGE, revision: shown.revision }, begun)
      expect(again).toMatchObject({ rows_changed: 0, old_nano_usd: shown.new_nano_usd })
      expect(await expectWhole(store)).toBe(shown.new_nano_usd)
    })

    test('one that was broken off after a batch is whole as far as it came, and a new run does the rest', async () => {
      const { store, repricing } = await lay(engine)
      await createPrice(store.db, OPUS)
      const shown = await repricing.run(RANGE, notBegun)
      const prices = priceList(await listPrices(store.db))
      const anew = { prices, multiplierMillionths: 1_000_000 }
      const { value: batch = [] } = await chargedRequests(store.reports, RANGE).next()
      const charges = [...batch].flatMap((row) => {
        const columns = recharged(
          row,
          chargeFor(spentIn(row) ?? [], () => anew, row.started_at_ms),
        )
        return columns ? [{ row, columns }] : []
      })
      // Two that got hold of the same rows, as two processes might: only one of them counts.
      const written = await Promise.all([1, 2].map((at) => writeCharges(store.db, charges, at)))
      expect(written.flat()).toHaveLength(charges.length)
      await expectWhole(store)
      const rest = await repricing.run({ ...RANGE, revision: shown.revision }, begun)
      expect(rest.rows_changed).toBe(shown.rows_changed - charges.length)
      expect(rest.new_nano_usd).toBe(shown.new_nano_usd)
      expect(await expectWhole(store)).toBe(shown.new_nano_usd)
    })

    test('a configuration that changed since the preview is a conflict, and so is a second run at once', async () => {
      const { store, secrets, repricing } = await lay(engine)
      const { revision } = await repricing.run(RANGE, notBegun)
      await updateChannel(store.db, secrets, 1, { cost_multiplier: 2 })
      await expect(repricing.run({ ...RANGE, revision }, notBegun)).rejects.toMatchObject({
        code: 'conflict',
      })
      const running = repricing.run(RANGE, notBegun)
      await expect(repricing.run(RANGE, notBegun)).rejects.toMatchObject({ code: 'conflict' })
      expect((await running).rows_changed).toBeGreaterThan(0)
      await repricing.close()
      await expect(repricing.run(RANGE, notBegun)).rejects.toMatchObject({ code: 'conflict' })
    })

    test('only requests of the time, channel and model asked for are looked at', async () => {
      const { store, repricing } = await lay(engine)
      const rowsOf = async (more: object) => (await repricing.run({ ...RANGE, ...more }, notBegun)).rows
      const [one, other] = [await rowsOf({ channel_id: 1 }), await rowsOf({ channel_id: 2 })]
      expect([one > 0, other > 0, one + other]).toEqual([true, true, 350])
      expect(await rowsOf({ model: 'nobody-knows' })).toBeLessThan(350)
      expect(await rowsOf({ to_ms: 1 })).toBe(0)
      await store.close()
    })

    test('requests of deleted channels and those that tell too little are counted and left alone', async () => {
      const { store, repricing } = await lay(engine)
      const usage = usageOf({ estimated: true })
      const spent = [{ usage, model: 'claude-opus-5', channelId: 1, isFailed: false }]
      const { price, ...record } = chargedRecord(spent, () => tariff)
      const { usage_estimated: _new, ...oldPrice } = price ?? ({} as NonNullable<typeof price>)
      await appendLogsTo(store, [{ ...record, price: oldPrice }])
      await deleteChannel(store.db, 2)
      await createPrice(store.db, OPUS)
      const shown = await repricing.run(RANGE, notBegun)
      expect(shown).toMatchObject({ rows: 351, rows_too_old: 1 })
      expect(shown.rows_of_deleted_channels).toBeGreaterThan(100)
      expect(shown.explanation).toMatch(
        /1 were left alone: an older version.+\d+ were left alone: what their channel/,
      )
      await repricing.run({ ...RANGE, revision: shown.revision }, begun)
      const stored = await store.db
        .selectFrom('request_logs')
        .select(['cost_nano_usd', 'repriced_at_ms'])
        .where('request_id', '=', record.requestId)
        .executeTakeFirst()
      expect(stored).toEqual({ cost_nano_usd: record.costNanoUsd, repriced_at_ms: null })
      await expectWhole(store)
    })
  })
}
