/** The configuration in memory: channels, mappings, keys and prices, replaced whole on every change. */
import type { Settings } from '@claude-gateway/contract/settings.ts'
import type { TagBudget } from '../domain/budget.ts'
import type { Channel } from '../domain/channel.ts'
import { type MappingTable, type ModelMapping, mappingTable } from '../domain/model-mapping.ts'
import { type CompiledRule, compileRules } from '../domain/outcome-rule.ts'
import { isListed, type VendorPrices } from '../domain/price-list.ts'
import { effectiveSettings } from '../domain/settings.ts'
import { listChannels } from '../store/channels.ts'
import { readRevision } from '../store/configs.ts'
import type { Store } from '../store/database.ts'
import { listGatewayKeys } from '../store/gateway-keys.ts'
import { listMappings } from '../store/mappings.ts'
import { listOutcomeRules } from '../store/outcome-rules.ts'
import { listPrices } from '../store/prices.ts'
import type { Secrets } from '../store/secrets.ts'
import { readSettings } from '../store/settings.ts'
import { listTagBudgets } from '../store/tag-budgets.ts'
import { type KnownKeys, knownKeys } from './known-keys.ts'
import type { Log } from './log.ts'
import { type PriceLists, priceLists } from './price-lists.ts'

export interface Snapshot extends KnownKeys, PriceLists {
  readonly revision: number
  /** By priority, the largest first. */
  readonly channels: readonly Channel[]
  readonly mappings: MappingTable
  readonly mappingList: readonly ModelMapping[]
  readonly tagBudgets: readonly TagBudget[]
  /** How operators want failed answers read. */
  readonly outcomeRules: readonly CompiledRule[]
  /** What operators set, and the defaults of the rest. */
  readonly settings: Settings
  /** Whether a model's name means something without any mapping: it is on the price list, or Claude's. */
  isKnownModel(model: string): boolean
}

export interface SnapshotHolder {
  readonly current: Snapshot
  /** Reads the configuration anew; resolves when the next request will see it. */
  reload(): Promise<void>
  close(): Promise<void>
}

/** How often another process's change is looked for. */
const REVISION_POLL_MS = 1000

/** What a snapshot is read from. */
interface Sources {
  readonly store: Store
  readonly secrets: Secrets
  readonly vendorPrices: VendorPrices
  readonly settingDefaults: Settings
}

interface SnapshotOptions extends Sources {
  readonly log: Log
  /** Told of every configuration that comes into force, the first included. */
  onChange(snapshot: Snapshot): void
}

/** The database holds prices already: without a row for unknown models this fails. */
export async function createSnapshot(sources: SnapshotOptions): Promise<SnapshotHolder> {
  const { store, log, onChange } = sources
  let current = await read(sources)
  onChange(current)
  let reading: Promise<void> = Promise.resolve()

  function reload(): Promise<void> {
    // One after another, so that an older reading never replaces a newer one.
    reading = reading
      .catch(() => undefined)
      .then(async () => {
        current = await read(sources)
        onChange(current)
      })
    return reading
  }

  async function poll(): Promise<void> {
    try {
      if ((await readRevision(store.db)) !== current.revision) await reload()
    } catch (cause) {
      log.warn({ cause: String(cause) }, 'the configuration could not be read; the last one stays in force')
    }
  }

  let polling: Promise<void> = Promise.resolve()
  const timer = setInterval(() => {
    polling = polling.then(poll)
  }, REVISION_POLL_MS)
  timer.unref()

  return {
    get current() {
      return current
    },
    reload,
    async close() {
      clearInterval(timer)
      await polling
      await reading.catch(() => undefined)
    },
  }
}

async function read({ store, secrets, vendorPrices, settingDefaults }: Sources): Promise<Snapshot> {
  // The revision is read first: a change in between makes the next poll read once more, never once too few.
  const revision = await readRevision(store.db)
  const [channels, mappingList, keys, rules, settings] = [
    await listChannels(store.db, secrets),
    await listMappings(store.db),
    await listGatewayKeys(store.db),
    await listOutcomeRules(store.db),
    await readSettings(store.db),
  ]
  const lists = priceLists(await listPrices(store.db), vendorPrices)
  return {
    revision,
    channels,
    mappings: mappingTable(mappingList),
    mappingList,
    ...knownKeys(keys),
    tagBudgets: await listTagBudgets(store.db),
    ...lists,
    outcomeRules: compileRules(rules),
    settings: effectiveSettings(settings, settingDefaults),
    isKnownModel: (model) => model.startsWith('claude-') || isListed(lists.prices, model, Date.now()),
  }
}
