/** Starts a real gateway for a test: its own data folder, free port, and helpers that act as operator and client. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { NewChannel } from '@claude-gateway/contract/channel.ts'
import type { RequestLogView } from '@claude-gateway/contract/request-log.ts'
import { type App, type AppOptions, startApp } from '../../src/app.ts'
import type { Config } from '../../src/config.ts'
import type { AdjustableLog } from '../../src/runtime/log.ts'

export const ADMIN_TOKEN = 'test-admin-token-0123456789'

interface LoggedEvent {
  readonly level: 'debug' | 'info' | 'warn' | 'error'
  readonly fields: object
  readonly event: string
}

export interface TestGateway {
  readonly app: App
  readonly url: string
  readonly dataDir: string
  /** A usable gateway key. */
  readonly key: string
  /** What the gateway logged. */
  readonly events: readonly LoggedEvent[]
  /** Calls the admin API; rejects unless it answers 2xx. */
  admin<T = unknown>(method: string, path: string, body?: unknown): Promise<T>
  addChannel(fields: Partial<NewChannel> & { base_url: string }): Promise<number>
  /** Sends a message request; a body that is an object is sent as JSON. */
  send(body: unknown, headers?: Record<string, string>, path?: string): Promise<Response>
  /** Waits until `count` requests are in the log, newest first. */
  logs(count: number): Promise<RequestLogView[]>
  close(): Promise<void>
}

export interface GatewayOptions extends AppOptions {
  readonly config?: Partial<Config>
}

let channelNumber = 0

const LEVELS = ['debug', 'info', 'warn', 'error'] as const

export async function startGateway(options: GatewayOptions = {}): Promise<TestGateway> {
  const ownDir = options.config?.dataDir === undefined ? await mkdtemp(join(tmpdir(), 'gateway-test-')) : null
  const dataDir = options.config?.dataDir ?? (ownDir as string)
  const events: LoggedEvent[] = []
  const app = await startApp(
    { ...testConfig(dataDir), ...options.config },
    { log: logInto(events), ...options },
  )
  const admin = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const response = await fetch(app.url + path, {
      method,
      headers: { authorization: `Bearer ${ADMIN_TOKEN}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`)
    return (text === '' ? null : JSON.parse(text)) as T
  }
  const { key } = await admin<{ key: string }>('POST', '/api/keys', { name: 'test' })
  return {
    app,
    url: app.url,
    dataDir,
    key,
    events,
    admin,
    async addChannel(fields) {
      const name = fields.name ?? `channel ${++channelNumber}`
      const channel = { name, api_key: 'sk-ant-api03-upstream-secret', ...fields }
      return (await admin<{ id: number }>('POST', '/api/channels', channel)).id
    },
    send(body, headers = {}, path = '/v1/messages') {
      return fetch(app.url + path, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...headers },
        body:
          typeof body === 'string' || body instanceof Uint8Array ? (body as string) : JSON.stringify(body),
      })
    },
    logs: (count) => logsOf(admin, count),
    async close() {
      await app.close()
      if (ownDir) await rm(ownDir, { recursive: true, force: true })
    },
  }
}

function testConfig(dataDir: string): Config {
  return {
    host: '127.0.0.1',
    port: 0,
    dataDir,
    debug: false,
    cors: { enabled: true, allowedOrigins: ['*'] },
    databaseUrl: null,
    encryptionKey: null,
    adminToken: ADMIN_TOKEN,
    adminAuth: 'password',
    publicUrl: null,
    trustedProxies: [],
    drainMs: 2000,
    logRetentionDays: 30,
    logMaxMegabytes: 2000,
  }
}

/** Notes what a log of the level in force would write. */
function logInto(events: LoggedEvent[]): AdjustableLog {
  let least = 0
  const isSaid = (level: LoggedEvent['level']) => LEVELS.indexOf(level) >= least
  const at = (level: LoggedEvent['level']) => (fields: object, event: string) => {
    if (isSaid(level)) events.push({ level, fields, event })
  }
  const debug: AdjustableLog['debug'] = (fields, event) => {
    if (isSaid('debug')) at('debug')(fields(), event)
  }
  const setLevel = (level: LoggedEvent['level']) => {
    least = LEVELS.indexOf(level)
  }
  return { debug, info: at('info'), warn: at('warn'), error: at('error'), setLevel }
}

async function logsOf(admin: TestGateway['admin'], count: number): Promise<RequestLogView[]> {
  const deadline = Date.now() + 5000
  while (true) {
    const { data } = await admin<{ data: RequestLogView[] }>('GET', '/api/stats/logs?limit=500')
    if (data.length >= count) return data
    if (Date.now() > deadline) throw new Error(`${data.length} of ${count} requests are in the log after 5 s`)
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}

/** A small message request for `model`. */
export const messageFor = (model: string, fields: object = {}) => ({
  model,
  max_tokens: 64,
  messages: [{ role: 'user', content: 'Hello' }],
  ...fields,
})
