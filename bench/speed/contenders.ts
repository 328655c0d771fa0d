/** What is compared: the upstream itself, a bare proxy, nginx where there is one, and the gateway with all that a user has on. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { furnishHouse, type GatewayUnderTest, idleMb, startGateway } from './gateway.ts'
import { CONTENDER_CPU, Running } from './processes.ts'

const here = (file: string) => new URL(file, import.meta.url).pathname

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
  /** Of the gateway before the first scenario. */
  readonly idleMb: number
  readonly upstream: Running
  readonly upstreamUrl: string
  close(): Promise<void>
}

export async function startField({ withNginx }: { withNginx: boolean }): Promise<Field> {
  const upstream = new Running('the upstream', [process.execPath, here('upstream.ts')])
  const upstreamPort = Number(await upstream.printed(PORT))
  const url = `http://127.0.0.1:${upstreamPort}`
  const bare = new Running('the bare proxy', [process.execPath, here('bare-proxy.ts'), url], {
    cpu: CONTENDER_CPU,
  })
  const barePort = Number(await bare.printed(PORT))
  const nginx = withNginx ? await startNginx(url) : null
  const house = await furnishHouse(url)
  const gateway = await startGateway(house)
  const contenders: Contender[] = [
    { name: 'direct', port: upstreamPort, key: 'none', process: null },
    { name: 'bare', port: barePort, key: 'none', process: bare },
    ...(nginx ? [nginx] : []),
    gateway,
  ]
  return {
    contenders,
    gateway,
    idleMb: await idleMb(gateway),
    upstream,
    upstreamUrl: url,
    async close() {
      for (const { process: running } of contenders) await running?.stop()
      await upstream.stop()
      house.remove()
    },
  }
}

const PORT = /port (\d+)\n/

async function startNginx(upstreamUrl: string): Promise<Contender | null> {
  if (!hasNginx()) return null
  const port = await freePort()
  const folder = mkdtempSync(join(tmpdir(), 'gateway-bench-nginx-'))
  const config = join(folder, 'nginx.conf')
  writeFileSync(
    config,
    `daemon off; master_process off; pid ${folder}/pid; error_log ${folder}/error.log;
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

export function hasNginx(): boolean {
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
