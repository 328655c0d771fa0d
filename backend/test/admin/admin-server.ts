/** An admin plane on a real socket over a real database, for tests; what the rest of the gateway does is noted. */

import { mkdtemp, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ErrorBody } from '@claude-gateway/contract/common.ts'
import { reason } from '@claude-gateway/contract/reason.ts'
import { messagesUrl } from '@claude-gateway/contract/upstream-url.ts'
import Fastify from 'fastify'
import { afterAll, onTestFinished } from 'vitest'
import type {
  AdminAuth,
  AdminContext,
  AdminHealth,
  AdminLimits,
  ChannelTarget,
} from '../../src/admin/context.ts'
import { defaultSettings } from '../../src/domain/settings.ts'
import { GatewayError } from '../../src/failures.ts'
import { createAdminPlugin } from '../../src/http/admin-plugin.ts'
import { openStore, type Store } from '../../src/store/database.ts'
import { openSecrets, type Secrets } from '../../src/store/secrets.ts'
import { gatewayKeyOf } from '../support/gateway-key.ts'
import { quietPrices } from './quiet-prices.ts'

export const ADMIN_TOKEN = 'an-admin-token-for-tests'
export const SETUP_TOKEN = 'the-one-time-token'
export const PASSWORD = 'a long enough password'
/** The one gateway key by which somebody is let in. */
export const HELD_KEY = 'gk-the-key-that-somebody-holds'

interface Logged {
  readonly level: 'info' | 'warn' | 'error'
  readonly event: string
  readonly fields: Record<string, unknown>
}

interface Sent {
  readonly body?: unknown
  /** Sent as it is, instead of `body` as JSON. */
  readonly raw?: string
  readonly headers?: Record<string, string>
}

export interface Answer<Body> {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  readonly body: Body
}

export interface AdminServer {
  readonly url: string
  readonly host: string
  readonly store: Store
  readonly secrets: Secrets
  readonly clock: { nowMs: number }
  readonly log: Logged[]
  readonly tested: ChannelTarget[]
  /** How often the snapshot would have been reloaded. */
  reloads(): number
  /** Calls with the admin token, unless the headers say otherwise (an empty value leaves a header out). */
  call<Body = ErrorBody>(method: string, path: string, sent?: Sent): Promise<Answer<Body>>
}

/** One database for all tests of a file, since opening one takes half a second; each test finds it empty. */
const shared: { database?: Promise<{ store: Store; secrets: Secrets; dataDir: string }> } = {}

async function openDatabase() {
  const dataDir = await mkdtemp(join(tmpdir(), 'gateway-admin-'))
  const store = await openStore({ databaseUrl: null, dataDir })
  return { store, secrets: await openSecrets(store.db, { encryptionKey: null, dataDir }), dataDir }
}

function sharedDatabase() {
  shared.database ??= openDatabase()
  return shared.database
}

afterAll(async () => {
  if (shared.database === undefined) return
  const { store, dataDir } = await shared.database
  await store.close()
  await rm(dataDir, { recursive: true })
})

const TABLES = [
  'model_mappings',
  'outcome_rules',
  'prices',
  'channels',
  'gateway_keys',
  'tag_budgets',
  'request_logs',
  'sessions',
  'usage_sums',
  'usage_latency',
  'sign_ins',
  'operators',
  'audit_events',
  'captured_bodies',
] as const

async function empty({ db }: Store): Promise<void> {
  for (const table of TABLES) await db.deleteFrom(table).execute()
  await db.deleteFrom('system_configs').where('name', '=', 'settings').execute()
}

/** Starts one that ends with the test; `more` replaces parts of what the plane reaches for. */
export async function startAdmin(
  auth: Partial<AdminAuth> = {},
  more: Partial<AdminContext> = {},
): Promise<AdminServer> {
  const { store, secrets } = await sharedDatabase()
  const noted = { reloads: 0 }
  const clock = { nowMs: Date.UTC(2026, 10, 22, 12, 30) }
  const log: Logged[] = []
  const tested: ChannelTarget[] = []
  const note = (level: Logged['level']) => (fields: object, event: string) => {
    log.push({ level, event, fields: { ...fields } })
  }
  const context: AdminContext = {
    store,
    secrets,
    settingDefaults: defaultSettings({ logRetentionDays: 30, logMaxMegabytes: 2000, debug: false }),
    auth: { mode: 'password', adminToken: ADMIN_TOKEN, setupToken: SETUP_TOKEN, ...auth },
    configurationChanged: async () => {
      noted.reloads += 1
    },
    health: quietHealth,
    prices: quietPrices,
    system: {
      version: '0.0.1',
      nodeVersion: 'v24.0.0',
      startedAtMs: clock.nowMs - 60_000,
      journalWaiting: () => 3,
    },
    // The gateway is about to stop, so that a stream ends by itself.
    arrivals: { count: 0, isOver: true, next: async () => undefined },
    limits: quietLimits,
    keyHolder: ({ headers }) => {
      if (headers.authorization === `Bearer ${HELD_KEY}`) return heldKey
      throw new GatewayError('unauthenticated', 'This gateway does not know the key that was sent.')
    },
    explainRoute: ({ model }) => ({ model, candidates: [], left_out: [], refusal: null }),
    messagesUrl,
    testChannel: async (target) => {
      tested.push(target)
      return testResult(target)
    },
    now: () => clock.nowMs,
    log: { info: note('info'), warn: note('warn'), error: note('error') },
    ...more,
  }
  const app = Fastify({ forceCloseConnections: true, routerOptions: { maxParamLength: 3000 } })
  await app.register(createAdminPlugin(context))
  await app.listen({ host: '127.0.0.1', port: 0 })
  onTestFinished(async () => {
    await app.close()
    await empty(store)
  })
  const { port } = app.server.address() as AddressInfo
  const host = `127.0.0.1:${port}`
  const url = `http://${host}`
  return { url, host, store, secrets, clock, log, tested, reloads: () => noted.reloads, call: caller(url) }
}

/** Nobody has used anything. */
const quietLimits: AdminLimits = {
  useOf: () => ({ budgets: [], requests_last_minute: 0, tokens_last_minute: 0, in_flight: 0 }),
  useOfTag: ({ tag, period, limitNanoUsd }) => ({
    tag,
    period,
    limit_usd: limitNanoUsd / 1_000_000_000,
    spent_usd: 0,
    resets_at_ms: null,
  }),
}

const heldKey = gatewayKeyOf({ id: 41, name: 'Held' })

/** Every channel is well. */
export const quietHealth: AdminHealth = {
  stateOf: ({ enabled }) => ({
    state: enabled ? 'active' : 'disabled',
    reason: null,
    reason_parts: null,
    until_ms: null,
  }),
  viewOf: (channel) => ({
    ...quietHealth.stateOf(channel),
    channel_id: channel.id,
    since_ms: null,
    breaker: { state: 'closed', since_ms: null, until_ms: null, consecutive_failures: 0 },
    cooldowns: [],
    requests_in_flight: 0,
  }),
  clear: () => undefined,
  pause: () => undefined,
  flush: async () => undefined,
}

const testResult = ({ baseUrl, model }: ChannelTarget) => ({
  ok: true,
  message: 'It answered.',
  message_parts: reason('test_passed'),
  url: messagesUrl(baseUrl),
  model,
  status: 200,
  latency_ms: 12,
  upstream_body: null,
  upstream_request_id: 'req_1',
})

function caller(url: string): AdminServer['call'] {
  return async <Body>(method: string, path: string, { body, raw, headers = {} }: Sent = {}) => {
    const payload = raw ?? (body === undefined ? undefined : JSON.stringify(body))
    const sent = Object.entries({
      authorization: `Bearer ${ADMIN_TOKEN}`,
      ...(payload !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    }).filter(([, value]) => value !== '')
    const response = await fetch(url + path, {
      method,
      headers: Object.fromEntries(sent),
      ...(payload !== undefined && { body: payload }),
    })
    const text = await response.text()
    const isJson = response.headers.get('content-type')?.startsWith('application/json') ?? false
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: (isJson ? JSON.parse(text) : null) as Body,
    }
  }
}

/** Nobody's credentials. */
export const ANONYMOUS = { authorization: '' }

/** The headers of a browser that is signed in with this answer's cookie. */
export const withCookieOf = (answer: Answer<unknown>): Record<string, string> => ({
  authorization: '',
  cookie: (answer.headers.get('set-cookie') ?? '').split(';', 1)[0] ?? '',
})
