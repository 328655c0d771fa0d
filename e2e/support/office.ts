/** A gateway as an office uses it: channels in every state, mappings, keys, requests with every outcome; all of it real traffic. */
import { createServer } from 'node:net'
import type { Script } from '../../backend/test/support/fake-upstream/answer.ts'
import { apiError } from '../../backend/test/support/fake-upstream/errors.ts'
import {
  type FakeUpstream,
  startFakeUpstream,
} from '../../backend/test/support/fake-upstream/fake-upstream.ts'
import { message, refusal } from '../../backend/test/support/fake-upstream/messages.ts'
import { cutAt, paced, slowFirstByte } from '../../backend/test/support/fake-upstream/timing.ts'
import { messageFor, startGateway, type TestGateway } from '../../backend/test/support/gateway.ts'
import { bendClock } from './past-clock.ts'
import { talkInSession } from './team.ts'
import { chance, liveThroughWeeks, usualAnswers } from './weeks.ts'

const DAY_MS = 86_400_000
/** How long ago the session with agents began. */
const SESSION_AGO_MS = 40 * 60_000

interface Office {
  readonly gateway: TestGateway
  readonly upstream: FakeUpstream
  /** A key with budgets. */
  readonly secret: string
  /** Requests that show something: their ids. */
  readonly requests: { readonly answered: number; readonly moved: number; readonly failed: number }
  /** Sends a request on to the relay that nobody can reach, so that it is known to be away for some seconds. */
  loseRelay(): Promise<void>
  close(): Promise<void>
}

/** A port of this machine on which nobody listens. */
export async function closedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port')
  return address.port
}

const usage = (fresh: number, cached: number, written: number, output: number) => ({
  input_tokens: fresh,
  cache_read_input_tokens: cached,
  cache_creation_input_tokens: written,
  cache_creation: { ephemeral_5m_input_tokens: 0, ephemeral_1h_input_tokens: written },
  output_tokens: output,
})

async function addChannels(gateway: TestGateway, upstream: FakeUpstream, tired: FakeUpstream) {
  const base_url = upstream.url
  await gateway.addChannel({ name: 'Anthropic, team account', base_url, priority: 10, models: ['claude-*'] })
  const second = { name: 'Anthropic, second account', base_url: `${tired.url}/v1`, priority: 10 }
  await gateway.addChannel({ ...second, api_key: 'sk-ant-api03-second-account-41c7' })
  const relay = {
    name: 'Relay in Frankfurt',
    base_url: `http://127.0.0.1:${await closedPort()}/claude`,
    priority: 5,
  }
  const relayId = await gateway.addChannel({
    ...relay,
    api_key: 'relay-fra-77d0',
    models: ['claude-haiku-*'],
  })
  const old = { name: 'Old workspace', base_url: 'https://api.anthropic.com', priority: 0, enabled: false }
  const oldId = await gateway.addChannel({ ...old, api_key: 'sk-ant-api03-old-workspace-b2e8' })
  const mappings = [
    { display_model: 'claude-opus-*', upstream_model: 'claude-opus-4-8' },
    { display_model: 'claude-3-5-haiku-20241022', upstream_model: 'claude-haiku-4-5' },
    { display_model: 'claude-haiku-4-5', upstream_model: 'relay-haiku', channel_id: relayId },
    { display_model: '*', upstream_model: 'claude-sonnet-5', channel_id: oldId },
  ]
  for (const mapping of mappings) await gateway.admin('POST', '/api/mappings', mapping)
}

const KEYS = [
  {
    name: 'Maria’s laptop',
    tags: ['team-web'],
    requests_per_minute: 60,
    tokens_per_minute: 4_000_000,
    budgets: [
      { period: 'day', limit_usd: 12 },
      { period: 'month', limit_usd: 60 },
    ],
    models: ['claude-*'],
  },
  { name: 'Paul', tags: ['team-web'], budgets: [{ period: 'week', limit_usd: 25 }], expires_after_days: 90 },
  { name: 'Build server', tags: ['ci'], max_concurrency: 40, allowed_addresses: ['127.0.0.0/8'] },
  { name: '前端组公用', tags: ['team-web', 'shanghai'], budgets: [{ period: 'month', limit_usd: 20 }] },
]
const IDLE_KEYS = [
  {
    name: 'Intern, until May',
    tags: ['team-web'],
    expires_at_ms: 1_779_000_000_000,
    models: ['claude-haiku-*'],
  },
  { name: 'Old laptop', enabled: false },
]

/** Answers the secrets of those who ask. */
async function addKeys(gateway: TestGateway): Promise<string[]> {
  const capture = { max_bytes: 262_144, retention_days: 7 }
  await gateway.admin('PUT', '/api/keys/1', { name: 'Ada’s workstation', tags: ['platform'], capture })
  const secrets = [gateway.key]
  for (const fields of KEYS) {
    const { key } = await gateway.admin<{ key: string }>('POST', '/api/keys', fields)
    secrets.push(key)
  }
  for (const fields of IDLE_KEYS) await gateway.admin('POST', '/api/keys', fields)
  await gateway.admin('POST', '/api/budgets', { tag: 'team-web', period: 'month', limit_usd: 150 })
  return secrets
}

async function failEverywhere(
  gateway: TestGateway,
  upstream: FakeUpstream,
  tired: FakeUpstream,
): Promise<void> {
  upstream.queue(apiError('rate_limited', { headers: { 'retry-after': '40' } }))
  tired.queue(slowFirstByte(apiError('internal'), 45))
  await (await gateway.send(messageFor('claude-haiku-4-5', { stream: true }))).text()
}

/** One request at a time, so that the log reads like a morning's work. */
async function work(gateway: TestGateway, upstream: FakeUpstream, tired: FakeUpstream): Promise<void> {
  const claudeCode = {
    'user-agent': 'claude-cli/2.1.330 (external, cli)',
    'x-claude-code-session-id': '3b9e7d10-64c2-4d8f-8a35-91f0e2c7a6d4',
  }
  const ask = async (model: string, more: object = {}) =>
    (await gateway.send(messageFor(model, { stream: true, ...more }), claudeCode)).text().catch(() => '')
  upstream.queue(paced(message({ usage: usage(412, 0, 21_840, 655) }), 20))
  await ask('claude-sonnet-5')
  upstream.queue(paced(message({ usage: usage(38, 21_840, 1_204, 1_830) }), 25))
  await ask('claude-sonnet-5')
  upstream.queue(apiError('overloaded'))
  tired.queue(slowFirstByte(message({ usage: usage(1_920, 0, 0, 412) }), 160))
  await ask('claude-opus-4-6')
  await ask('claude-haiku-4-5', { stream: false })
  upstream.queue(refusal())
  await ask('claude-sonnet-5')
  upstream.queue(apiError('prompt_too_long'))
  await ask('claude-sonnet-5')
  await gateway.send(messageFor('claude-sonnet-5'), { authorization: 'Bearer gk-not-one-of-ours' })
  await gateway.send(messageFor('claude-sonnet-5'), claudeCode, '/v1/messages/count_tokens')
  upstream.queue(cutAt(paced(message({ content: 'A long answer. '.repeat(200) }), 8), 9_000))
  await ask('claude-sonnet-5')
  await failEverywhere(gateway, upstream, tired)
  upstream.queue(paced(message({ usage: usage(12, 23_044, 880, 2_417) }), 30))
  await ask('claude-sonnet-5')
}

/** Requests that are worth a picture. */
async function findRequests({ admin }: TestGateway): Promise<Office['requests']> {
  const newest = async (filter: string) => {
    const found = await admin<{ data: { id: number }[] }>('GET', `/api/stats/logs?limit=1&${filter}`)
    return found.data[0]?.id ?? 0
  }
  return {
    answered: await newest('outcome=completed&key_id=1'),
    moved: await newest('outcome=completed&failed_over=true'),
    failed: await newest('outcome=failed'),
  }
}

/** Whoever opens it closes it. */
export async function openOffice(): Promise<Office> {
  const clock = bendClock()
  const random = chance(7)
  const script = usualAnswers(random)
  const [upstream, tired] = await Promise.all([startFakeUpstream({ script }), startFakeUpstream({ script })])
  const nowMs = Date.now()
  clock.setTo(nowMs - 15 * DAY_MS)
  const gateway = await startGateway()
  await addChannels(gateway, upstream, tired)
  const secrets = await addKeys(gateway)
  clock.comeBack()
  await liveThroughWeeks({ gateway, upstreams: [upstream, tired], clock, secrets, random })
  let passedMs = nowMs - SESSION_AGO_MS
  const skip = (ms: number) => {
    passedMs += ms
    clock.setTo(passedMs)
  }
  // Its requests are told from the others' later on: it needs no look at the log.
  const unread = { ...gateway, logs: async () => [] }
  const thoughtful = {
    queue: (script: Script) => upstream.queue(slowFirstByte(paced(script, 12), 90)),
  }
  await talkInSession({ gateway: unread, upstream: thoughtful, secret: secrets[1] ?? '', skip })
  clock.comeBack()
  await work(gateway, upstream, tired)
  await settled(gateway)
  return {
    gateway,
    upstream,
    secret: secrets[1] ?? '',
    requests: await findRequests(gateway),
    loseRelay: async () => {
      await failEverywhere(gateway, upstream, tired)
      // A channel that was passed over keeps no failure for whoever comes next.
      for (const one of [upstream, tired]) one.reset()
    },
    close: async () => {
      await gateway.close()
      await Promise.all([upstream.close(), tired.close()])
    },
  }
}

/** Resolves once nothing more comes into the log. */
async function settled({ admin }: TestGateway): Promise<void> {
  const newest = async () => JSON.stringify(await admin('GET', '/api/stats/logs?limit=1'))
  let [before, now] = ['', await newest()]
  while (before !== now) {
    await new Promise((resolve) => setTimeout(resolve, 1500))
    ;[before, now] = [now, await newest()]
  }
}
