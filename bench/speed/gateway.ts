/** The gateway with all that a user has on, in a data folder of its own. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Connection } from './connection.ts'
import { CONTENDER_CPU, Running } from './processes.ts'
import { MAPPED_MODEL, requestBytes } from './requests.ts'

export const ADMIN_TOKEN = 'bench-admin-token-of-this-run'

/** A data folder in which everything is set up, and no gateway runs. */
export interface House {
  readonly dataDir: string
  /** The gateway key. */
  readonly key: string
  remove(): void
}

export interface GatewayUnderTest {
  readonly name: 'gateway'
  readonly port: number
  readonly key: string
  readonly process: Running
  /** From the start of the process to the end of the first message's answer. */
  readonly firstAnswerMs: number
  admin<Answer>(method: string, path: string, body?: object): Promise<Answer>
}

/** Its start also leaves compiled what every start but the first of an installation finds. */
export async function furnishHouse(upstreamUrl: string): Promise<House> {
  const dataDir = mkdtempSync(join(tmpdir(), 'gateway-bench-'))
  const { running, port } = await launch(dataDir)
  const key = await furnish(adminAt(port), upstreamUrl)
  await running.stop()
  return { dataDir, key, remove: () => rmSync(dataDir, { recursive: true, force: true }) }
}

export async function startGateway({ dataDir, key }: House): Promise<GatewayUnderTest> {
  const startedAt = performance.now()
  const { running, port } = await launch(dataDir)
  const connection = new Connection(port)
  const { isGood } = await connection.ask(requestBytes(key, { answer: 'small', bodyBytes: 600 }))
  if (!isGood) throw new Error('the gateway did not answer its first request')
  const firstAnswerMs = performance.now() - startedAt
  connection.socket.destroy()
  return { name: 'gateway', port, key, process: running, firstAnswerMs, admin: adminAt(port) }
}

/** What a gateway holds that is in service, of which nobody wants anything just now, and that nobody administers. */
export async function idleMb({ process: running }: GatewayUnderTest): Promise<number> {
  await sleep(1500)
  return running.residentMb()
}

/** Where `npm start` keeps it. */
const COMPILED = new URL('../../node_modules/.cache/compiled', import.meta.url).pathname
/** The options of `npm start`. */
const AS_NPM_START = ['--max-semi-space-size=16']
const MAIN = new URL('../../backend/src/main.ts', import.meta.url).pathname

async function launch(dataDir: string) {
  const options = (process.env['BENCH_NODE_OPTIONS'] ?? '').split(' ').filter((option) => option !== '')
  const running = new Running('the gateway', [process.execPath, ...AS_NPM_START, ...options, MAIN], {
    cpu: CONTENDER_CPU,
    env: {
      SERVER_PORT: '0',
      DATA_DIR: dataDir,
      ADMIN_TOKEN,
      DRAIN_SECONDS: '1',
      NODE_COMPILE_CACHE: COMPILED,
    },
  })
  const port = Number(await running.printed(/http:\/\/127\.0\.0\.1:(\d+)/))
  return { running, port }
}

function adminAt(port: number): GatewayUnderTest['admin'] {
  return async <Answer>(method: string, path: string, body?: object): Promise<Answer> => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      headers: { authorization: `Bearer ${ADMIN_TOKEN}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`)
    return (text === '' ? null : JSON.parse(text)) as Answer
  }
}

/** Two priorities, a mapping, and a key with limits and a budget: what a careful operator has on. */
async function furnish(admin: GatewayUnderTest['admin'], upstreamUrl: string): Promise<string> {
  const api_key = 'sk-ant-bench-no-real-key'
  await admin('POST', '/api/channels', { name: 'first', base_url: upstreamUrl, api_key, priority: 10 })
  await admin('POST', '/api/channels', { name: 'second', base_url: upstreamUrl, api_key, priority: 5 })
  await admin('POST', '/api/mappings', { display_model: MAPPED_MODEL, upstream_model: 'claude-sonnet-5' })
  const limits = {
    requests_per_minute: 1_000_000,
    tokens_per_minute: 1_000_000_000,
    max_concurrency: 100_000,
    budgets: [{ period: 'month', limit_usd: 1_000_000 }],
  }
  const { key } = await admin<{ key: string }>('POST', '/api/keys', { name: 'bench', ...limits })
  return key
}
