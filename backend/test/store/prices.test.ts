/** Prices on both engines. */
import { newPriceSchema } from '@claude-gateway/contract/price.ts'
import { describe, expect, test } from 'vitest'
import { createChannel, deleteChannel } from '../../src/store/channels.ts'
import { readRevision } from '../../src/store/configs.ts'
import type { Store } from '../../src/store/database.ts'
import {
  createPrice,
  deletePrice,
  listPrices,
  takeOverShippedPrices,
  updatePrice,
} from '../../src/store/prices.ts'
import { openSecrets } from '../../src/store/secrets.ts'
import { engines, freshFolder } from '../support/engines.ts'
import { priceRow, ratesOf } from '../support/price-row.ts'
import { newChannelOf } from './records.ts'

const RATES = { input: 1, output: 5, cache_write_5m: 1.25, cache_write_1h: 2, cache_read: 0.1 }
const priceOf = (model: string, more: object = {}) => newPriceSchema.parse({ model, ...RATES, ...more })

const UNKNOWN = priceRow('unknown', 5)
const SHIPPED = {
  asOf: '2026-11-20',
  rows: [UNKNOWN, priceRow('claude-sonnet-5', 2), priceRow('claude-opus-5', 5)],
}

async function addChannel({ db }: Store): Promise<number> {
  const secrets = await openSecrets(db, { encryptionKey: 'f'.repeat(64), dataDir: await freshFolder() })
  return (await createChannel(db, secrets, newChannelOf())).id
}

for (const engine of engines) {
  describe(engine.name, () => {
    test('a price comes back as it was made, in whole nano-dollars', async () => {
      const { db } = await engine.open()
      const made = await createPrice(
        db,
        priceOf('glm-*', {
          aliases: ['glm'],
          effective_from_ms: 1000,
          source: 'the bill of May',
          cache_read: 0.000_000_001,
          fast: RATES,
          long_prompt: { over_tokens: 200_000, ...RATES },
        }),
      )
      expect(made).toEqual({
        id: made.id,
        model: 'glm-*',
        aliases: ['glm'],
        origin: 'operator',
        channelId: null,
        source: 'the bill of May',
        effectiveFromMs: 1000,
        standard: { ...ratesOf(1), cache_read: 1 },
        fast: ratesOf(1),
        longPrompt: { overTokens: 200_000, rates: ratesOf(1) },
        webSearchNanoUsdPer1000: 10_000_000_000,
        createdAtMs: made.createdAtMs,
        updatedAtMs: made.createdAtMs,
      })
      expect(await listPrices(db)).toEqual([made])
    })

    test('every change tells all processes to read the configuration anew', async () => {
      const { db } = await engine.open()
      const before = await readRevision(db)
      const { id } = await createPrice(db, priceOf('a'))
      await updatePrice(db, id, { input: 3 })
      await deletePrice(db, id)
      expect(await readRevision(db)).toBe(before + 3)
    })

    test('a model has one price from one time on in each layer, and an alias one model', async () => {
      const store = await engine.open()
      const { db } = store
      const channel_id = await addChannel(store)
      await createPrice(db, priceOf('a', { aliases: ['x'] }))
      await createPrice(db, priceOf('a', { channel_id, aliases: ['x'] }))
      await createPrice(db, priceOf('a', { effective_from_ms: 1, aliases: ['x'] }))
      await expect(createPrice(db, priceOf('a'))).rejects.toMatchObject({ code: 'conflict' })
      await expect(createPrice(db, priceOf('b', { aliases: ['y', 'x'] }))).rejects.toMatchObject({
        code: 'conflict',
        message: expect.stringContaining('x is an alias'),
      })
      await expect(createPrice(db, priceOf('c', { channel_id: 999 }))).rejects.toMatchObject({
        code: 'validation_failed',
        fields: { channel_id: 'no channel has this id' },
      })
      expect(await listPrices(db)).toHaveLength(3)
    })

    test('what a change leaves out stays; a price that is not there is not changed', async () => {
      const { db } = await engine.open()
      const made = await createPrice(db, priceOf('a', { aliases: ['x'], fast: RATES }))
      const changed = await updatePrice(db, made.id, { output: 7, fast: null })
      expect(changed).toMatchObject({
        standard: { ...made.standard, output: 7e9 },
        fast: null,
        aliases: ['x'],
      })
      expect(await updatePrice(db, made.id + 1, { output: 7 })).toBeUndefined()
      expect(await deletePrice(db, made.id + 1)).toBeUndefined()
    })

    test('a channel takes its own prices with it', async () => {
      const store = await engine.open()
      const channel_id = await addChannel(store)
      await createPrice(store.db, priceOf('a', { channel_id }))
      await deleteChannel(store.db, channel_id)
      expect(await listPrices(store.db)).toEqual([])
    })

    test('the shipped list is taken over once; a newer one replaces it, an older one does not', async () => {
      const { db } = await engine.open()
      await Promise.all([takeOverShippedPrices(db, SHIPPED), takeOverShippedPrices(db, SHIPPED)])
      const first = await listPrices(db)
      expect(first.map(({ model, origin }) => [model, origin])).toEqual([
        ['claude-opus-5', 'shipped'],
        ['claude-sonnet-5', 'shipped'],
        ['unknown', 'shipped'],
      ])
      await takeOverShippedPrices(db, SHIPPED)
      expect(await listPrices(db)).toEqual(first)
      const newer = { asOf: '2026-12-01', rows: [UNKNOWN, priceRow('claude-sonnet-5', 1)] }
      await takeOverShippedPrices(db, newer)
      await takeOverShippedPrices(db, SHIPPED)
      expect((await listPrices(db)).map(({ model, standard }) => [model, standard.input])).toEqual([
        ['claude-sonnet-5', 1e9],
        ['unknown', 5e9],
      ])
    })

    test('what an operator changed stays through a newer list; what was deleted comes back with one that names it', async () => {
      const { db } = await engine.open()
      await takeOverShippedPrices(db, SHIPPED)
      const [opus, sonnet, unknown] = await listPrices(db)
      await updatePrice(db, opus?.id ?? 0, { input: 4 })
      await updatePrice(db, unknown?.id ?? 0, { input: 6 })
      await deletePrice(db, sonnet?.id ?? 0)
      await takeOverShippedPrices(db, SHIPPED)
      const told = async () =>
        (await listPrices(db)).map(({ model, origin, standard }) => [model, origin, standard.input / 1e9])
      expect(await told()).toEqual([
        ['claude-opus-5', 'operator', 4],
        ['unknown', 'operator', 6],
      ])
      await takeOverShippedPrices(db, { ...SHIPPED, asOf: '2026-12-01' })
      expect(await told()).toEqual([
        ['claude-opus-5', 'operator', 4],
        ['claude-opus-5', 'shipped', 5],
        ['claude-sonnet-5', 'shipped', 2],
        ['unknown', 'operator', 6],
      ])
    })

    test('the row of unknown models stays: it is not deleted, moved or doubled', async () => {
      const { db } = await engine.open()
      await takeOverShippedPrices(db, SHIPPED)
      const rows = await listPrices(db)
      const unknown = rows.find(({ model }) => model === 'unknown')?.id ?? 0
      await expect(deletePrice(db, unknown)).rejects.toMatchObject({ code: 'conflict' })
      for (const change of [{ model: 'a' }, { effective_from_ms: 1 }, { aliases: ['a'] }]) {
        await expect(updatePrice(db, unknown, change)).rejects.toMatchObject({ code: 'validation_failed' })
      }
      const other = rows.find(({ model }) => model !== 'unknown')?.id ?? 0
      await expect(updatePrice(db, other, { model: 'unknown' })).rejects.toMatchObject({
        code: 'validation_failed',
      })
      expect(await listPrices(db)).toEqual(rows)
    })
  })
}
