/** Budgets over processes: two that share one PostgreSQL share them, and what was spent and begun survives a kill. */
import type { GatewayKeyView } from '@claude-gateway/contract/gateway-key.ts'
import { expect, test } from 'vitest'
import { engines, freshFolder } from '../support/engines.ts'
import { type FakeUpstream, startFakeUpstream } from '../support/fake-upstream/fake-upstream.ts'
import { message } from '../support/fake-upstream/messages.ts'
import { addChannelAndKey, askAdmin, type GatewayProcess, startGatewayProcess } from './gateway-process.ts'

/** Ten cents. */
const usage = {
  input_tokens: 0,
  output_tokens: 10_000,
  cache_read_input_tokens: 0,
  cache_creation_input_tokens: 0,
  cache_creation: null,
}
const body = JSON.stringify({
  model: 'claude-sonnet-5',
  max_tokens: 16,
  messages: [{ role: 'user', content: 'Hello' }],
})

async function ask({ url }: GatewayProcess, key: string): Promise<number> {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
  const response = await fetch(`${url}/v1/messages`, { method: 'POST', headers, body })
  await response.arrayBuffer()
  return response.status
}

const keyOf = async (gateway: GatewayProcess): Promise<GatewayKeyView> => {
  const { data } = await askAdmin<{ data: GatewayKeyView[] }>(gateway, 'GET /api/keys')
  return data[0] as GatewayKeyView
}

const spentOf = async (gateway: GatewayProcess) => (await keyOf(gateway)).use.budgets[0]?.spent_usd

/** Generous: a process on a busy machine reads what the others spent every two seconds, and more when asked. */
const SEEN = { timeout: 15_000, interval: 100 }

async function startUpstream(): Promise<FakeUpstream> {
  return startFakeUpstream({ script: message({ usage }) })
}

test('two gateways on one PostgreSQL share a budget: what one spends keeps the other’s clients out', async () => {
  const databaseUrl = (await engines.find(({ name }) => name === 'postgres')?.fresh())?.databaseUrl ?? ''
  const environment = { DATABASE_URL: databaseUrl, ENCRYPTION_KEY: 'one key for both gateways' }
  const start = async () => startGatewayProcess({ ...environment, DATA_DIR: await freshFolder() })
  const [one, other] = await Promise.all([start(), start()])
  const upstream = await startUpstream()
  const key = await addChannelAndKey(one, upstream.url)
  const { id } = await keyOf(one)
  await askAdmin(one, `PUT /api/keys/${id}`, { budgets: [{ period: 'month', limit_usd: 0.3 }] })
  await expect.poll(() => spentOf(other), SEEN).toBe(0)

  expect([await ask(one, key), await ask(one, key)]).toEqual([200, 200])
  await expect.poll(() => spentOf(other), SEEN).toBe(0.2)
  expect(await ask(other, key)).toBe(200)
  expect(await ask(other, key)).toBe(429)
  await expect.poll(() => spentOf(one), SEEN).toBe(0.3)
  expect(await ask(one, key)).toBe(429)
  expect(upstream.received).toBe(3)
  await upstream.close()
})

test('after a kill what was spent is spent, and days from the first use go on from there', async () => {
  const environment = { DATA_DIR: await freshFolder() }
  let gateway = await startGatewayProcess(environment)
  const upstream = await startUpstream()
  const key = await addChannelAndKey(gateway, upstream.url)
  const { id } = await keyOf(gateway)
  const limits = { budgets: [{ period: 'month', limit_usd: 0.1 }], expires_after_days: 3 }
  await askAdmin(gateway, `PUT /api/keys/${id}`, limits)
  expect(await ask(gateway, key)).toBe(200)
  await expect.poll(async () => (await keyOf(gateway)).first_used_at_ms, SEEN).not.toBeNull()
  const { first_used_at_ms, valid_until_ms } = await keyOf(gateway)
  const logged = () => askAdmin<{ data: unknown[] }>(gateway, 'GET /api/stats/logs')
  await expect.poll(async () => (await logged()).data.length, SEEN).toBe(1)
  gateway.process.signal('SIGKILL')
  await gateway.process.ended

  gateway = await startGatewayProcess(environment)
  expect(await keyOf(gateway)).toMatchObject({
    first_used_at_ms,
    valid_until_ms,
    use: { budgets: [{ spent_usd: 0.1 }] },
  })
  expect(await ask(gateway, key)).toBe(429)
  expect(upstream.received).toBe(1)
  await upstream.close()
})
