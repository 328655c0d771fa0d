/** The composition root: builds everything once, in order, and ends it in the reverse order. */
import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { AdminContext } from './admin/context.ts'
import type { Config } from './config.ts'
import { type PriceList, parsePriceList } from './domain/price-list.ts'
import { messagesUrl } from './domain/upstream-url.ts'
import { startServer } from './http/server.ts'
import { createChannelHealth } from './runtime/channel-health.ts'
import { DEFAULT_LIMITS, type Gateway, type ProxyLimits } from './runtime/gateway.ts'
import { createJournal } from './runtime/journal.ts'
import { createLog, type Log } from './runtime/log.ts'
import { createSnapshot } from './runtime/snapshot.ts'
import { openStore } from './store/database.ts'
import { countOperators } from './store/operators.ts'
import { openSecrets } from './store/secrets.ts'
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
  readonly log?: Log
}

const PRICES = new URL('../prices/claude-prices.json', import.meta.url)
const CONSOLE = new URL('../../frontend/dist/', import.meta.url)

/** @throws StartFailure when the database, the encryption key or the port cannot be had. */
export async function startApp(config: Config, options: AppOptions = {}): Promise<App> {
  const closers: (() => Promise<void>)[] = []
  const closeAll = async (): Promise<void> => {
    for (const close of closers.splice(0).reverse()) await close()
  }
  try {
    return await build(config, options, closers, closeAll)
  } catch (error) {
    await closeAll()
    throw error
  }
}

async function build(
  config: Config,
  options: AppOptions,
  closers: (() => Promise<void>)[],
  closeAll: () => Promise<void>,
): Promise<App> {
  const log = options.log ?? createLog(config)
  const store = await openStore(config)
  closers.push(() => store.close())
  const secrets = await openSecrets(store.db, config)
  const snapshot = await createSnapshot({ store, secrets, prices: await readPrices(), log })
  closers.push(() => snapshot.close())
  const journal = createJournal((rows) => store.appendRequestLogs(rows), log)
  closers.push(() => journal.close())
  const connections = createConnections()
  closers.push(() => connections.close())
  const health = createChannelHealth(Date.now)
  const gateway: Gateway = {
    snapshot,
    connections,
    health,
    journal,
    limits: { ...DEFAULT_LIMITS, ...options.limits },
    log,
  }
  const setupToken = (await countOperators(store.db)) === 0 ? randomBytes(24).toString('base64url') : null
  const admin: AdminContext = {
    store,
    secrets,
    auth: { mode: config.adminAuth, adminToken: config.adminToken, setupToken },
    configurationChanged: () => snapshot.reload(),
    channelState: (channel) => health.stateOf(channel),
    messagesUrl,
    testChannel: (target) => testChannel(connections, target),
    now: Date.now,
    log,
  }
  const consoleDirectory = fileURLToPath(CONSOLE)
  const server = await startServer(gateway, admin, { ...config, consoleDirectory })
  closers.push(() => server.close(config.drainMs))
  const setupUrl = setupToken && `${server.url}/setup?token=${setupToken}`
  return { url: server.url, setupUrl, close: closeAll }
}

async function readPrices(): Promise<PriceList> {
  return parsePriceList(JSON.parse(await readFile(PRICES, 'utf8')))
}
