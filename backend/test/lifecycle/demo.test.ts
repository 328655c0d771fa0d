/** `npm run demo`: what it prints works, what it shows is there, and when it ends nothing is left of it. */
import { execFileSync, spawnSync } from 'node:child_process'
import { readdir } from 'node:fs/promises'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import type { ChannelView } from '@claude-gateway/contract/channel.ts'
import type { RequestLogView } from '@claude-gateway/contract/request-log.ts'
import { expect, test, vi } from 'vitest'
import { freshFolder } from '../support/engines.ts'
import { NodeProcess } from '../support/node-process.ts'

const DEMO = fileURLToPath(new URL('../support/demo.ts', import.meta.url))

vi.setConfig({ testTimeout: 90_000 })

interface RunningDemo {
  readonly process: NodeProcess
  /** Where it may leave things: its TMPDIR. */
  readonly folder: string
}

async function startDemo(environment: Record<string, string> = {}): Promise<RunningDemo> {
  const folder = await freshFolder()
  return { process: new NodeProcess(DEMO, { TMPDIR: folder, ...environment }), folder }
}

const all = async <T>(url: string): Promise<readonly T[]> =>
  ((await (await fetch(url)).json()) as { data: T[] }).data

async function expectNothingLeft(folder: string, urls: readonly string[]): Promise<void> {
  expect(await readdir(folder)).toEqual([])
  for (const url of urls) await expect(fetch(url), url).rejects.toThrow()
}

const hasCurl = spawnSync('curl', ['--version']).status === 0

test('what the demo prints works, and Ctrl-C leaves nothing behind', async () => {
  const { process, folder } = await startDemo()
  await process.printed(/Ctrl-C ends it/)
  const [, url = ''] = await process.printed(/console .*\n {2}(http:\S+)/)
  const channels = await all<ChannelView>(`${url}/api/channels`)
  const addresses = [url, ...channels.map(({ base_url }) => base_url)]
  expect(new Set(addresses).size).toBe(3)
  expect(await readdir(folder)).toHaveLength(1)

  for (const [page] of process.stdout.matchAll(/http:\S+\/(?:requests|channels|mappings|api\/docs)/g)) {
    const { headers } = await fetch(page, { headers: { accept: 'text/html' } })
    expect(headers.get('content-type'), page).toMatch(/^text\/html/)
  }
  if (hasCurl) {
    const [curl = ''] = await process.printed(/curl -N[\s\S]*?\}'/)
    const answer = execFileSync('sh', ['-c', curl], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
    expect(answer).toContain('"model":"house-model"')
    expect(answer).toMatch(/event: message_stop/)
  }
  process.signal('SIGINT')
  expect(await process.ended).toEqual({ code: 0, signal: null })
  await expectNothingLeft(folder, addresses)
})

test('the demo shows failover, a mapping, streams, tools, sub-agents, and requests that go wrong; SIGTERM ends it too', async () => {
  const { process, folder } = await startDemo()
  const [, url = ''] = await process.printed(/console .*\n {2}(http:\S+)[\s\S]*Ctrl-C ends it/)
  const readLog = () => all<RequestLogView>(`${url}/api/stats/logs?limit=100`)
  await expect
    .poll(async () => new Set((await readLog()).map(({ outcome }) => outcome)))
    .toEqual(new Set(['completed', 'failed', 'refused', 'rejected']))
  const requests = await readLog()
  const first = requests.at(-1)
  expect(first).toMatchObject({ requested_model: 'house-model', upstream_model: 'claude-sonnet-5' })
  expect(first?.attempts.map(({ channel_name, status }) => [channel_name, status])).toEqual([
    ['Main account, down today', 500],
    ['Second account', 200],
  ])
  expect(new Set(requests.map(({ requested_model }) => requested_model)).size).toBeGreaterThan(3)
  expect(requests.filter(({ stop_reason }) => stop_reason === 'tool_use')).toHaveLength(1)
  expect(requests.filter(({ parent_agent_id }) => parent_agent_id === 'main')).toHaveLength(3)
  expect(requests.some(({ streamed, cost_nano_usd }) => streamed && cost_nano_usd > 0)).toBe(true)
  expect(requests.some(({ endpoint }) => endpoint === 'count_tokens')).toBe(true)
  process.signal('SIGTERM')
  expect(await process.ended).toEqual({ code: 0, signal: null })
  await expectNothingLeft(folder, [url])
})

test('ended while it still starts, it leaves nothing either', async () => {
  const { process, folder } = await startDemo()
  await expect.poll(() => readdir(folder), { timeout: 30_000, interval: 2 }).toHaveLength(1)
  process.signal('SIGTERM')
  expect((await process.ended).signal).toBeNull()
  await expectNothingLeft(folder, [])
})

test('a port in use is told in words, and nothing is left', async () => {
  const other = createServer()
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
  const address = other.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const { process, folder } = await startDemo({ SERVER_PORT: String(port) })
  expect(await process.ended).toEqual({ code: 1, signal: null })
  expect(process.stderr).toMatch(
    /another program has that port\. Stop it .*, or set SERVER_PORT to a free one\.\n$/,
  )
  await expectNothingLeft(folder, [])
  await new Promise((resolve) => other.close(resolve))
})
