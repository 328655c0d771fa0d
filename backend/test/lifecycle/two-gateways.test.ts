/** Two gateways on one PostgreSQL: what is changed on one the other knows within two seconds, and both write one log. */
import type { ChannelView } from '@claude-gateway/contract/channel.ts'
import type { RequestLogView } from '@claude-gateway/contract/request-log.ts'
import { expect, test } from 'vitest'
import { engines, freshFolder } from '../support/engines.ts'
import { startFakeUpstream } from '../support/fake-upstream/fake-upstream.ts'
import {
  addChannelAndKey,
  askAdmin,
  type GatewayProcess,
  spawnGateway,
  startGatewayProcess,
} from './gateway-process.ts'

const SEEN_WITHIN_MS = 2000
const ENCRYPTION_KEY = 'one key for both gateways'

async function ask({ url }: GatewayProcess, key: string, model = 'claude-sonnet-5'): Promise<number> {
  const response = await fetch(`${url}/v1/messages`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model, max_tokens: 16, messages: [{ role: 'user', content: 'Hello' }] }),
  })
  await response.arrayBuffer()
  return response.status
}

const eventually = (answer: () => Promise<number | string>) =>
  expect.poll(answer, { timeout: SEEN_WITHIN_MS, interval: 50 })

test('a change made on one gateway is in force on the other within two seconds; requests of both stand in one log', async () => {
  const databaseUrl = (await engines.find(({ name }) => name === 'postgres')?.fresh())?.databaseUrl ?? ''
  const environment = { DATABASE_URL: databaseUrl, ENCRYPTION_KEY }
  const start = async () => startGatewayProcess({ ...environment, DATA_DIR: await freshFolder() })
  // Both at once: one of them makes the tables.
  const [one, other] = await Promise.all([start(), start()])
  expect(one.process.stdout).toContain('  data      PostgreSQL (DATABASE_URL)\n')
  expect(one.process.stdout).not.toContain('only-for-tests')
  const upstream = await startFakeUpstream()

  const key = await addChannelAndKey(one, upstream.url)
  expect(await ask(one, key)).toBe(200)
  await eventually(() => ask(other, key)).toBe(200)

  const mapping = { display_model: 'house-model', upstream_model: 'claude-haiku-4-5' }
  const askedUpstream = async (): Promise<string> => {
    await ask(one, key, 'house-model')
    return upstream.requests.at(-1)?.model ?? ''
  }
  await askAdmin(other, 'POST /api/mappings', mapping)
  await eventually(askedUpstream).toBe('claude-haiku-4-5')

  const { data: channels } = await askAdmin<{ data: ChannelView[] }>(one, 'GET /api/channels')
  await askAdmin(one, `PUT /api/channels/${channels[0]?.id}/deactivate`)
  expect(await ask(one, key)).not.toBe(200)
  await eventually(() => ask(other, key)).not.toBe(200)
  await askAdmin(other, `PUT /api/channels/${channels[0]?.id}/activate`)
  await eventually(() => ask(one, key)).toBe(200)

  const { data: keys } = await askAdmin<{ data: { id: number }[] }>(other, 'GET /api/keys')
  await askAdmin(other, `PUT /api/keys/${keys[0]?.id}`, { enabled: false })
  await eventually(() => ask(one, key)).toBe(401)
  await askAdmin(one, `PUT /api/keys/${keys[0]?.id}`, { enabled: true })
  await eventually(() => ask(other, key)).toBe(200)

  // A process that is killed outright may lose the rows of its last second, and the change above is sometimes seen at once.
  await expect.poll(() => completed(other)).toBe(upstream.received)
  one.process.signal('SIGKILL')
  await one.process.ended
  expect(await ask(other, key)).toBe(200)
  await expect.poll(() => completed(other)).toBe(upstream.received)
  await upstream.close()
})

/** Ids stand in the log once each; the count of those that an upstream answered. */
async function completed(gateway: GatewayProcess): Promise<number> {
  const { data } = await askAdmin<{ data: RequestLogView[] }>(gateway, 'GET /api/stats/logs?limit=500')
  expect(new Set(data.map(({ request_id }) => request_id)).size).toBe(data.length)
  return data.filter(({ outcome }) => outcome === 'completed').length
}

test('a second gateway without the encryption key of the first is told which one it needs', async () => {
  const databaseUrl = (await engines.find(({ name }) => name === 'postgres')?.fresh())?.databaseUrl ?? ''
  await startGatewayProcess({ DATABASE_URL: databaseUrl, DATA_DIR: await freshFolder() })
  const second = spawnGateway({ DATABASE_URL: databaseUrl, DATA_DIR: await freshFolder() })
  expect(await second.ended).toEqual({ code: 1, signal: null })
  expect(second.stderr).toMatch(
    /encryption\.key cannot be read.* Restore the file, or set the ENCRYPTION_KEY/,
  )
})
