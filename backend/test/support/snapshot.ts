/** A configuration in memory, for tests of what routes by it. */
import type { Channel } from '../../src/domain/channel.ts'
import { type ModelMapping, mappingTable } from '../../src/domain/model-mapping.ts'
import { defaultSettings } from '../../src/domain/settings.ts'
import type { Snapshot } from '../../src/runtime/snapshot.ts'
import { priceListOf } from './price-list.ts'

const FREE = { input: 0, output: 0, cache_write_5m: 0, cache_write_1h: 0, cache_read: 0 }
const prices = priceListOf({
  currency: 'USD',
  unit: 'per million tokens',
  source: 'a list for tests',
  unknown: FREE,
  web_search_per_1000: 0,
  models: [],
})

export function snapshotOf(channels: readonly Channel[], mappings: readonly ModelMapping[] = []): Snapshot {
  return {
    revision: 1,
    channels,
    mappings: mappingTable(mappings),
    mappingList: mappings,
    keys: [],
    keysByHash: new Map(),
    addressRules: new Map(),
    tagBudgets: [],
    prices,
    pricesOf: () => prices,
    outcomeRules: [],
    settings: defaultSettings({ logRetentionDays: 30, logMaxMegabytes: 2000, debug: false }),
    isKnownModel: (model) => model.startsWith('claude-'),
  }
}
