/** Prices for tests of the admin plane that are not about them: everything is unknown. */
import type { AdminPrices } from '../../src/admin/context.ts'
import { findPrice } from '../../src/domain/price-list.ts'
import { priceListOf } from '../support/price-list.ts'

const ONE = { input: 1, output: 1, cache_write_5m: 1, cache_write_1h: 1, cache_read: 1 }

const nothingKnown = priceListOf({
  currency: 'USD',
  unit: 'per million tokens',
  source: 'a list for tests',
  unknown: ONE,
  web_search_per_1000: 0,
  models: [],
})

export const quietPrices: AdminPrices = {
  find: (model, _channelId, atMs) => findPrice(nothingKnown, model, atMs),
  reprice: async ({ revision }) => ({
    applied: revision !== undefined,
    revision: 1,
    rows: 0,
    rows_changed: 0,
    old_nano_usd: 0,
    new_nano_usd: 0,
    rows_too_old: 0,
    rows_of_deleted_channels: 0,
    models: [],
    explanation: '',
  }),
}
