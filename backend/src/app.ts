/** The composition root: builds everything once, in order, and ends it in the reverse order. */
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Settings } from '@claude-gateway/contract/settings.ts'
import { messagesUrl } from '@claude-gateway/contract/upstream-url.ts'
import type { AdminAuth, AdminContext } from './admin/context.ts'
import { randomToken } from './admin/digest.ts'
import type { Config } from './config.ts'
import { readPriceFile } from './domain/price-file.ts'
import { findPrice } from './domain/price-list.ts'
import { defaultSettings } from './domain/settings.ts'
import { startServer } from './http/server.ts'
import { startProbes } from './jobs/probes.ts'
import { createRepricing, type RepricingJob } from './jobs/repricing.ts'
import { startRetention } from './jobs/retention.ts'
import { readSpent, startSpendingPoll } from './jobs/spending.ts'
import { presentedKeys, recognise } from './proxy/authenticate.ts'
import { createBodyArchive } from './runtime/body-archive.ts'
import type { LedgerSources } from './runtime/budget-ledger.ts'
import { ChannelHealthKeeper } from './runtime/channel-health.ts'
import { createCountTokensSupport } from './runtime/count-tokens-support.ts'
import { DEFAULT_LIMITS, type Gateway, type ProxyLimits } from './runtime/gateway.ts'
import { createHealthArchive, type HealthArchive } from './runtime/health-archive.ts'
import { healthView, stateOf } from './runtime/health-view.ts'
import { createJournal } from './runtime/journal.ts'
import { KeyLimits } from './runtime/key-limits.ts'
import { createKeyUses } from './runtime/key-uses.ts'
import { limitsView } from './runtime/limits-view.ts'
import { type AdjustableLog, createLog } from './runtime/log.ts'
import { createLogArrivals, type LogArrivals } from './runtime/log-arrivals.ts'
import { explainRoute } from './runtime/route-explanation.ts'
import { createSessions } from './runtime/sessions.ts'
import { createSnapshot, type Snapshot } from './runtime/snapshot.ts'
import { createVendorPrices } from './runtime/vendor-prices.ts'
import { loadChannelHealth } from './store/channel-health.ts'
import { openStore, type Store } from './store/database.ts'
import { noteGatewayKeyUse } from './store/gateway-keys.ts'
import { countOperators } from './store/operators.ts'
import { packLogs, splitLogs } from './store/packed-logs.ts'
import type { PackedRows } from './store/packed-rows.ts'
import { takeOverShippedPrices } from './store/prices.ts'
import { openSecrets, type Secrets } from './store/secrets.ts'
import { readSpending } from './store/spending.ts'
import { testChannel } from './upstream/channel-test.ts'
import { createConnections } from './upstream/connections.ts'

export interface App {
  readonly url: string
  /** With which the first operator is created; null once there is one. */
  readonly setupUrl: string | null
  /** Drains the requests under way, writes the log out, and closes the database. */
  close(): Promise<void>
}

export interface AppOptions {
  readonly limits?: Partial<ProxyLimits>
  readonly log?: AdjustableLog
}

const PRICES = new URL('../prices/claude-prices.json', import.meta.url)
const PACKAGE = new URL('../package.json', import.meta.url)
const CONSOLE = new URL('../../frontend/dist/', import.meta.url)

/** What was opened, to be closed in the reverse order. */
class Opened {
  readonly #closers: (() => Promise<void>)[] = []

  add<Thing extends { close(): Promise<void> }>(thing: Thing): Thing {
    this.#closers.push(() => thing.close())
    return thing
  }

  async close(): Promise<void> {
    const failures: unknown[] = []
    // One that fails keeps no other open: the journal above all is written out.
    for (const close of this.#closers.splice(0).reverse())
      await close().catch((cause) => failures.push(cause))
    if (failures.length > 0) throw new AggregateError(failures, 'Not everything could be closed.')
  }
}

/** @throws StartFailure when the database, the encryption key or the port cannot be had. */
export async function startApp(config: Config, options: AppOptions = {}): Promise<App> {
  const opened = new Opened()
  try {
    const log = options.log ?? createLog(config)
    const store = opened.add(await openStore(config))
    const secrets = await openSecrets(store.db, config)
    const settingDefaults = defaultSettings(config)
    const archive = opened.add(createHealthArchive(store, log))
    const limits = options.limits ?? {}
    const arrivals = createLogArrivals()
    const gateway = await buildGateway(opened, {
      store,
      secrets,
      settingDefaults,
      archive,
      arrivals,
      log,
      limits,
    })
    opened.add(startProbes(gateway, store))
    await readSpent(gateway)
    opened.add(startSpendingPoll(gateway))
    const settings = () => gateway.snapshot.current.settings
    opened.add(startRetention({ store, settings, now: Date.now, log }))
    const setupToken = (await countOperators(store.db)) === 0 ? randomToken() : null
    const auth = { mode: config.adminAuth, adminToken: config.adminToken, setupToken }
    const version = await readVersion()
    const repricing = opened.add(createRepricing(store))
    const parts = { store, secrets, settingDefaults, auth, archive, arrivals, version, repricing }
    const admin = adminContext(gateway, parts)
    const server = await startServer(gateway, admin, { ...config, consoleDirectory: fileURLToPath(CONSOLE) })
    opened.add({ close: () => server.close(config.drainMs) })
    // Ended first: whoever follows the log would hold up the server's stop.
    opened.add(arrivals)
    const url = config.publicUrl ?? server.url
    const setupUrl = setupToken && `${url}/setup?token=${setupToken}`
    return { url: server.url, setupUrl, close: () => opened.close() }
  } catch (error) {
    await opened.close()
    throw error
  }
}

interface GatewayParts {
  readonly store: Store
  readonly secrets: Secrets
  readonly settingDefaults: Settings
  readonly archive: HealthArchive
  readonly arrivals: LogArrivals
  readonly log: AdjustableLog
  readonly limits: Partial<ProxyLimits>
}

/** The state that the data plane works with. */
async function buildGateway(
  opened: Opened,
  { store, secrets, settingDefaults, archive, arrivals, log, limits }: GatewayParts,
): Promise<Gateway> {
  const stored = await loadChannelHealth(store.db)
  const health = new ChannelHealthKeeper({ now: Date.now, stored, onChange: archive.keep })
  const allLimits = { ...DEFAULT_LIMITS, ...limits }
  const writeLogs = (logs: readonly PackedRows[]) => store.appendRequestLogs(logs).then(arrivals.announce)
  const journal = opened.add(createJournal({ pack: packLogs, split: splitLogs, write: writeLogs }, log))
  // Not by the reports' connection: the journal stands still meanwhile, and must not wait for a report.
  const read: LedgerSources['read'] = (questions, nowMs) => readSpending(store.db, questions, nowMs)
  const keyLimits = new KeyLimits({ now: Date.now, journal, read }, allLimits)
  const write = (keyId: number, atMs: number) => noteGatewayKeyUse(store.db, keyId, atMs)
  const onChange = ({ channels, keys, tagBudgets, settings }: Snapshot) => {
    log.setLevel(settings.log_level)
    health.configure(channels)
    keyLimits.configure(keys, tagBudgets)
    void readSpent({ keyLimits, log })
  }
  await takeOverShippedPrices(store.db, readPriceFile(JSON.parse(await readFile(PRICES, 'utf8'))))
  const vendorPrices = createVendorPrices(log)
  const sources = { store, secrets, vendorPrices, settingDefaults, log, onChange }
  return {
    snapshot: opened.add(await createSnapshot(sources)),
    journal,
    bodies: opened.add(createBodyArchive(store, secrets, log)),
    keyLimits,
    keyUses: opened.add(createKeyUses({ now: Date.now, write, log })),
    connections: opened.add(createConnections()),
    health,
    countTokens: createCountTokensSupport(Date.now),
    sessions: createSessions(),
    limits: allLimits,
    log,
  }
}

interface AdminParts {
  readonly store: Store
  readonly secrets: Secrets
  readonly settingDefaults: Settings
  readonly auth: AdminAuth
  readonly archive: HealthArchive
  readonly arrivals: LogArrivals
  readonly version: string
  readonly repricing: RepricingJob
}

const presentedIn = (headers: NodeJS.Dict<string | string[]>): string[] =>
  presentedKeys({ header: (name) => headers[name]?.toString() ?? null })

/** What the admin plane may reach for: the store, and the running gateway through a few narrow doors. */
function adminContext(gateway: Gateway, { archive, version, repricing, ...parts }: AdminParts): AdminContext {
  const { snapshot, health, connections, journal, keyLimits, log } = gateway
  return {
    ...parts,
    configurationChanged: async () => {
      await snapshot.reload()
      await readSpent(gateway)
    },
    limits: limitsView(keyLimits),
    keyHolder: ({ headers, clientAddress }) =>
      recognise(gateway, { presentedKeys: presentedIn(headers), clientAddress }),
    health: {
      stateOf: (channel) => stateOf(health, channel, Date.now()),
      viewOf: (channel) => healthView(health, channel, Date.now()),
      clear: (channelId) => health.clear(channelId),
      pause: (channelId, untilMs) => health.pause(channelId, untilMs),
      flush: () => archive.flush(),
    },
    system: {
      version,
      nodeVersion: process.version,
      startedAtMs: Date.now(),
      journalWaiting: () => journal.waiting,
    },
    prices: {
      find: (model, channelId, atMs) => findPrice(snapshot.current.pricesOf(channelId), model, atMs),
      reprice: (request, begins) => repricing.run(request, begins),
    },
    explainRoute: (question) => explainRoute(gateway, question),
    messagesUrl,
    testChannel: (target) => testChannel(connections, target),
    now: Date.now,
    log,
  }
}

async function readVersion(): Promise<string> {
  const { version }: { version: string } = JSON.parse(await readFile(PACKAGE, 'utf8'))
  return version
}
