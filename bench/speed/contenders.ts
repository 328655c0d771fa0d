/** What is compared: the upstream itself, a bare proxy, nginx where there is one, and the gateway with all that a user has on. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CONTENDER_CPU, Running } from './processes.ts'
import { MAPPED_MODEL } from './requests.ts'

const here = (file: string) => new URL(file, import.meta.url).pathname
const ADMIN_TOKEN = 'bench-admin-token-of-this-run'

export interface Contender {
  readonly name: string
  readonly port: number
  /** The gateway key, where one is asked for. */
  readonly key: string
  /** null for the upstream itself, which shares its processor with the load. */
  readonly process: Running | null
}

export interface Field {
  readonly contenders: readonly Contender[]
  readonly gateway: GatewayUnderTest
  readonly upstream: Running
  close(): Promise<void>
}

export interface GatewayUnderTest extends Contender {
  readonly process: Running
  readonly dataDir: string
  readonly firstAnswerMs: number
  readonly idleMb: number
  admin<Answer>(method: string, path: string, body?: object): Promise<Answer>
}

export async function startField(): Promise<Field> {
  const upstream = new Running('the upstream', [process.execPath, here('upstream.ts')])
  const upstreamPort = Number(await upstream.printed(PORT))
  const url = `http://127.0.0.1:${upstreamPort}`
  const bare = new Running('the bare proxy', [process.execPath, here('bare-proxy.ts'), url], {
    cpu: CONTENDER_CPU,
  })
  const barePort = Number(await bare.printed(PORT))
  const nginx = await startNginx(url)
  const gateway = await startGateway(url)
  const contenders: Contender[] = [
    { name: 'direct', port: upstreamPort, key: 'none', process: null },
    { name: 'bare', port: barePort, key: 'none', process: bare },
    ...(nginx ? [nginx] : []),
    gateway,
  ]
  return {
    contenders,
    gateway,
    upstream,
    async close() {
      for (const { process: running } of contenders) await running?.stop()
      await upstream.stop()
      rmSync(gateway.dataDir, { recursive: true, force: true })
    },
  }
}

const PORT = /port (\d+)\n/

/** Started twice: what the first start leaves compiled is what every start but the first of an installation finds. */
async function startGateway(upstreamUrl: string): Promise<GatewayUnderTest> {
  const dataDir = mkdtempSync(join(tmpdir(), 'gateway-bench-'))
  // As `npm start` sets it.
  const compiled = new URL('../../node_modules/.cache/compiled', import.meta.url).pathname
  const env = {
    SERVER_PORT: '0',
    DATA_DIR: dataDir,
    ADMIN_TOKEN,
    DRAIN_SECONDS: '1',
    NODE_COMPILE_CACHE: compiled,
  }
  await (await launchGateway(env)).running.stop()
  const { running, port, firstAnswerMs } = await launchGateway(env)
  const admin = async <Answer>(method: string, path: string, body?: object): Promise<Answer> => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      headers: { authorization: `Bearer ${ADMIN_TOKEN}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`)
    return (text === '' ? null : JSON.parse(text)) as Answer
  }
  const key = await furnish(admin, upstreamUrl)
  await new Promise((resolve) => setTimeout(resolve, 1500))
  const idleMb = running.residentMb()
  return { name: 'gateway', port, key, process: running, dataDir, firstAnswerMs, idleMb, admin }
}

async function launchGateway(env: Record<string, string>) {
  const main = new URL('../../backend/src/main.ts', import.meta.url).pathname
  const options = (process.env['BENCH_NODE_OPTIONS'] ?? '').split(' ').filter((option) => option !== '')
  const startedAt = performance.now()
  const running = new Running('the gateway', [process.execPath, ...options, main], {
    cpu: CONTENDER_CPU,
    env,
  })
  const port = Number(await running.printed(/http:\/\/127\.0\.0\.1:(\d+)/))
  await fetch(`http://127.0.0.1:${port}/healthz`)
  return { running, port, firstAnswerMs: performance.now() - startedAt }
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

async function startNginx(upstreamUrl: string): Promise<Contender | null> {
  if (!hasNginx()) return null
  const port = await freePort()
  const folder = mkdtempSync(join(tmpdir(), 'gateway-bench-nginx-'))
  const config = join(folder, 'nginx.conf')
  writeFileSync(
    config,
    `daemon off; worker_processes 1; pid ${folder}/pid; error_log ${folder}/error.log;
events { worker_connections 8192; }
http {
  access_log off; client_max_body_size 64m; client_body_temp_path ${folder}/body; proxy_temp_path ${folder}/proxy;
  fastcgi_temp_path ${folder}/f; uwsgi_temp_path ${folder}/u; scgi_temp_path ${folder}/s;
  upstream there { server ${new URL(upstreamUrl).host}; keepalive 512; }
  server {
    listen 127.0.0.1:${port};
    keepalive_requests 100000000;
    location / { proxy_pass http://there; proxy_http_version 1.1; proxy_set_header Connection "";
      proxy_buffering off; proxy_request_buffering off; }
  }
}`,
  )
  const running = new Running('nginx', ['nginx', '-p', folder, '-c', config], { cpu: CONTENDER_CPU })
  await new Promise((resolve) => setTimeout(resolve, 500))
  return { name: 'nginx', port, key: 'none', process: running }
}

function hasNginx(): boolean {
  try {
    execFileSync('nginx', ['-v'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const address = server.address()
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0
  await new Promise((resolve) => server.close(resolve))
  return port
}
