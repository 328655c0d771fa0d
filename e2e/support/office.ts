/** A gateway as an office uses it: channels in every state, mappings, keys, requests with every outcome; all of it real traffic. */
import { createServer } from 'node:net'
import { apiError } from '../../backend/test/support/fake-upstream/errors.ts'
import {
  type FakeUpstream,
  startFakeUpstream,
} from '../../backend/test/support/fake-upstream/fake-upstream.ts'
import { message, refusal } from '../../backend/test/support/fake-upstream/messages.ts'
import { cutAt, paced, slowFirstByte } from '../../backend/test/support/fake-upstream/timing.ts'
import { messageFor, startGateway, type TestGateway } from '../../backend/test/support/gateway.ts'

interface Office {
  readonly gateway: TestGateway
  readonly upstream: FakeUpstream
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
  await gateway.admin('PUT', '/api/keys/1', { name: 'Ada’s workstation' })
  for (const name of ['Maria’s laptop', 'Build server', 'Intern, until May']) {
    const models = name.startsWith('Intern') ? ['claude-haiku-*', 'claude-sonnet-5'] : []
    await gateway.admin('POST', '/api/keys', { name, models, enabled: !name.startsWith('Build') })
  }
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
    'x-claude-code-session-id': '5f0c6f9e-1b0a-4c27-9f6e-0d6a3a1b7c55',
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

/** Whoever opens it closes it. */
export async function openOffice(): Promise<Office> {
  const [upstream, tired] = await Promise.all([startFakeUpstream(), startFakeUpstream()])
  const gateway = await startGateway()
  await addChannels(gateway, upstream, tired)
  await work(gateway, upstream, tired)
  await gateway.logs(11)
  return {
    gateway,
    upstream,
    loseRelay: () => failEverywhere(gateway, upstream, tired),
    close: async () => {
      await gateway.close()
      await Promise.all([upstream.close(), tired.close()])
    },
  }
}
