/** Starts the gateway as its users do: `node backend/src/main.ts` with an environment of its own. */
import { fileURLToPath } from 'node:url'
import { vi } from 'vitest'
import { NodeProcess } from '../support/node-process.ts'

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url))

const ADMIN_TOKEN = 'lifecycle-admin-token-0123456789'

// For every test file that imports this: a start takes half a second, and several where other tests run beside it.
vi.setConfig({ testTimeout: 90_000 })

export interface GatewayProcess {
  readonly process: NodeProcess
  readonly url: string
  /** With which the first operator is created; null when there is one. */
  readonly setupUrl: string | null
}

/** A gateway on any free port, whether it comes to listen or not. @param launcher as in `NodeProcess`. */
export function spawnGateway(
  environment: Record<string, string>,
  launcher: readonly string[] = [],
): NodeProcess {
  return new NodeProcess(MAIN, { SERVER_PORT: '0', ADMIN_TOKEN, ...environment }, launcher)
}

/** Resolves once it has said where it listens and how to go on. */
export async function startGatewayProcess(environment: Record<string, string>): Promise<GatewayProcess> {
  const process = spawnGateway(environment)
  await process.printed(/ANTHROPIC_BASE_URL=.*\n/)
  const [, url = ''] = await process.printed(/listens on (\S+)/)
  const setupUrl = /first operator at (\S+)/.exec(process.stdout)?.[1] ?? null
  return { process, url, setupUrl }
}

/** Calls the admin API as the holder of the admin token; rejects unless it answers 2xx. */
export async function askAdmin<T>(
  { url }: Pick<GatewayProcess, 'url'>,
  operation: `${'GET' | 'POST' | 'PUT' | 'DELETE'} /api/${string}`,
  body?: object,
): Promise<T> {
  const [method = '', path = ''] = operation.split(' ')
  const response = await fetch(url + path, {
    method,
    headers: { authorization: `Bearer ${ADMIN_TOKEN}`, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  })
  if (!response.ok) throw new Error(`${operation} answered ${response.status}: ${await response.text()}`)
  return (await response.json()) as T
}

/** Gives the gateway one channel to that address, and makes a key for it. */
export async function addChannelAndKey(gateway: GatewayProcess, baseUrl: string): Promise<string> {
  await askAdmin(gateway, 'POST /api/channels', {
    name: 'upstream',
    base_url: baseUrl,
    api_key: 'sk-ant-api03-upstream-secret',
  })
  const { key } = await askAdmin<{ key: string }>(gateway, 'POST /api/keys', { name: 'load' })
  return key
}
