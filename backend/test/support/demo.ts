/** `npm run demo`: the gateway in front of two fake upstreams, in a folder that goes when it goes. No account needed. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startApp } from '../../src/app.ts'
import { readConfig } from '../../src/config.ts'
import { StartFailure } from '../../src/failures.ts'
import { HOUSE_MODEL, sendTraffic } from './demo-traffic.ts'
import { apiError } from './fake-upstream/errors.ts'
import { startFakeUpstream } from './fake-upstream/fake-upstream.ts'

interface Demo {
  readonly url: string
  readonly key: string
}

/** Undone in reverse order, however far the start has come. */
const closers: (() => Promise<unknown>)[] = []
const stop = new AbortController()

async function openDemo(): Promise<Demo> {
  const folder = await mkdtemp(join(tmpdir(), 'claude-gateway-demo-'))
  closers.push(() => rm(folder, { recursive: true, force: true }))
  const failing = await startFakeUpstream({ script: apiError('internal'), record: false })
  closers.push(() => failing.close())
  const working = await startFakeUpstream({ record: false })
  closers.push(() => working.close())
  // Of this shell's variables only the port counts: a demo must not touch anybody's database.
  const { SERVER_PORT = '0' } = process.env
  const config = readConfig({ SERVER_PORT, DATA_DIR: folder, ADMIN_AUTH: 'none', DRAIN_SECONDS: '1' })
  const app = await startApp(config, { log: QUIET })
  closers.push(() => app.close())
  const { url } = app
  await create(url, 'channels', channel('Main account, down today', failing.url, 10))
  await create(url, 'channels', channel('Second account', working.url, 5))
  await create(url, 'mappings', { display_model: HOUSE_MODEL, upstream_model: 'claude-sonnet-5' })
  const { key } = await create<{ key: string }>(url, 'keys', { name: 'demo' })
  await sendTraffic({ url, key, upstream: working, signal: stop.signal })
  return { url, key }
}

const channel = (name: string, base_url: string, priority: number) => ({
  name,
  base_url,
  priority,
  api_key: 'sk-ant-demo-0000-no-real-key',
})

async function create<T>(url: string, resource: string, body: object): Promise<T> {
  const response = await fetch(`${url}/api/${resource}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: stop.signal,
  })
  if (!response.ok) throw new Error(`/api/${resource} answered ${response.status}: ${await response.text()}`)
  return (await response.json()) as T
}

const silent = (): void => undefined
/** The failures of the demo are meant; only what goes wrong inside the gateway is told. */
const QUIET = {
  debug: silent,
  info: silent,
  warn: silent,
  error: (fields: object, event: string) => console.error(event, fields),
  setLevel: silent,
}

const wordsOf = ({ url, key }: Demo): string => `
The demo runs. Two channels lead to a fake upstream on this machine: nothing costs anything, nothing leaves it.

Open the console (no sign-in in the demo)
  ${url}

Ask as a client would; the second account answers, under the name that you asked for
  curl -N ${url}/v1/messages \\
    -H 'authorization: Bearer ${key}' -H 'content-type: application/json' \\
    -d '{"model":"${HOUSE_MODEL}","max_tokens":200,"stream":true,"messages":[{"role":"user","content":"Hello"}]}'

Or let Claude Code talk to it
  ANTHROPIC_BASE_URL=${url} ANTHROPIC_AUTH_TOKEN=${key} claude

Look at
  Requests  ${url}/requests   each attempt and why it was left, what it used, what it would have cost
  Channels  ${url}/channels   the first one fails every time; switch it off, or give the other a higher priority
  Mappings  ${url}/mappings   how ${HOUSE_MODEL} becomes claude-sonnet-5 on the way
  The API   ${url}/api/docs   everything the console does, with curl

Ctrl-C ends it and leaves nothing behind.
`

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop.abort())
const stopped = new Promise((resolve) => stop.signal.addEventListener('abort', resolve))

try {
  console.log(wordsOf(await openDemo()))
  await stopped
} catch (error) {
  if (!stop.signal.aborted) {
    process.exitCode = 1
    console.error(error instanceof StartFailure ? error.message : error)
  }
} finally {
  for (const close of closers.reverse()) await close()
}
