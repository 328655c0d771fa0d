/** How a gateway stops: the requests under way finish, the log is written out, and whoever is in a hurry asks twice. */
import { once } from 'node:events'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { freshFolder } from '../support/engines.ts'
import { type FakeUpstream, startFakeUpstream } from '../support/fake-upstream/fake-upstream.ts'
import { endlessMessage, message } from '../support/fake-upstream/messages.ts'
import { naturalAnswer } from '../support/fake-upstream/natural-answer.ts'
import { paced } from '../support/fake-upstream/timing.ts'
import { addChannelAndKey, type GatewayProcess, startGatewayProcess } from './gateway-process.ts'
import { startLoad } from './load.ts'
import { readStoredLog } from './request-log.ts'

let upstream: FakeUpstream
beforeEach(async () => {
  upstream = await startFakeUpstream()
})
afterEach(() => upstream.close())

interface Served {
  readonly gateway: GatewayProcess
  readonly key: string
  readonly dataDir: string
}

async function serve(environment: Record<string, string> = {}): Promise<Served> {
  const dataDir = await freshFolder()
  const gateway = await startGatewayProcess({ DATA_DIR: dataDir, ...environment })
  return { gateway, key: await addChannelAndKey(gateway, upstream.url), dataDir }
}

const QUESTION = { model: 'claude-sonnet-5', max_tokens: 200, messages: [{ role: 'user', content: 'Hello' }] }

/** Resolves when the stream has begun. */
const openStream = ({ gateway, key }: Served): Promise<Response> =>
  fetch(`${gateway.url}/v1/messages`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ ...QUESTION, stream: true }),
  })

test('SIGTERM under load: every answer that had begun ends as it should, no row is lost, and the exit is clean', async () => {
  // A stream takes about a second, so that many are under way at any moment.
  upstream.answer(paced(naturalAnswer, 60))
  const served = await serve()
  const { gateway, key, dataDir } = served
  const load = startLoad({ url: gateway.url, key, clients: 8, pauseMs: 5 })
  await sleep(2000)
  const toldAtMs = Date.now()
  gateway.process.signal('SIGTERM')
  expect(await gateway.process.ended).toEqual({ code: 0, signal: null })
  // The clients went on asking all the time, which must not keep it from stopping.
  expect(Date.now() - toldAtMs).toBeLessThan(10_000)
  await load.stop()

  expect(load.answers.filter(({ endedAtMs }) => endedAtMs > toldAtMs).length).toBeGreaterThan(2)
  for (const answer of load.answers) {
    expect(answer).toMatchObject({ status: 200, isWhole: true })
    if (answer.streamed) expect(answer.body).toMatch(/event: message_stop\ndata: .*\n\n$/)
  }
  const { integrity, rowsById } = readStoredLog(dataDir)
  expect(integrity).toBe('ok')
  expect([...rowsById.keys()].sort()).toEqual(load.answers.map(({ requestId }) => requestId).sort())
  expect(rowsById.size).toBe(upstream.received)
})

test('a stop lets a client finish reading an answer that is complete but still on its way', async () => {
  // More than the sockets in between can hold.
  const text = 'A long answer. '.repeat(1_500_000)
  upstream.answer(message({ content: text }))
  const { gateway, key, dataDir } = await serve()
  const { hostname, port } = new URL(gateway.url)
  const socket = connect(Number(port), hostname)
  const body = JSON.stringify(QUESTION)
  socket.write(
    `POST /v1/messages HTTP/1.1\r\nhost: gateway\r\nauthorization: Bearer ${key}\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
  )
  await once(socket, 'readable')
  gateway.process.signal('SIGTERM')
  await sleep(500)
  let received = ''
  for await (const chunk of socket.setEncoding('utf8')) received += chunk
  const [head = '', answer = ''] = received.split('\r\n\r\n')
  expect(answer.length).toBe(Number(/content-length: (\d+)/i.exec(head)?.[1]))
  expect(JSON.parse(answer).content[0].text).toBe(text)
  expect(await gateway.process.ended).toEqual({ code: 0, signal: null })
  expect(readStoredLog(dataDir).rowsById.size).toBe(1)
})

test('one Ctrl-C that arrives twice, as under npm, still lets a stream finish', async () => {
  upstream.answer(paced(naturalAnswer, 60))
  const served = await serve()
  const stream = await openStream(served)
  served.gateway.process.signal('SIGINT')
  served.gateway.process.signal('SIGINT')
  await sleep(20)
  served.gateway.process.signal('SIGINT')
  expect(await stream.text()).toMatch(/event: message_stop/)
  expect(await served.gateway.process.ended).toEqual({ code: 0, signal: null })
  expect(served.gateway.process.stderr).toBe(
    'SIGINT: finishing the requests under way; once more to stop at once\n',
  )
})

test('a second signal does not wait for the requests under way', async () => {
  upstream.answer(endlessMessage())
  const served = await serve()
  const stream = await openStream(served)
  served.gateway.process.signal('SIGTERM')
  await sleep(700)
  const hurriedAtMs = Date.now()
  served.gateway.process.signal('SIGTERM')
  expect(await served.gateway.process.ended).toEqual({ code: 1, signal: null })
  expect(Date.now() - hurriedAtMs).toBeLessThan(1500)
  await expect(stream.text()).rejects.toThrow()
})

test('what has not ended after DRAIN_SECONDS is cut off, and recorded', async () => {
  upstream.answer(endlessMessage())
  const served = await serve({ DRAIN_SECONDS: '1' })
  const stream = await openStream(served)
  served.gateway.process.signal('SIGTERM')
  await expect(stream.text()).rejects.toThrow()
  expect(await served.gateway.process.ended).toEqual({ code: 0, signal: null })
  expect(readStoredLog(served.dataDir).rowsById.get(stream.headers.get('x-gateway-request-id') ?? '')).toBe(1)
  expect(served.gateway.process.stdout).toContain('calls were cut off by the stop')
})

test('/healthz answers 200 to anybody while the gateway serves, and 503 while it stops; new connections are refused', async () => {
  upstream.answer(endlessMessage())
  const served = await serve({ DRAIN_SECONDS: '3' })
  const { url, process } = served.gateway
  const healthy = await fetch(`${url}/healthz`)
  expect([healthy.status, await healthy.json()]).toEqual([200, { status: 'ok' }])

  const early = connect(Number(new URL(url).port), new URL(url).hostname)
  await once(early, 'connect')
  const stream = await openStream(served)
  process.signal('SIGTERM')
  await expect.poll(() => process.stderr).toContain('finishing the requests under way')
  await expect(fetch(`${url}/healthz`)).rejects.toThrow()
  early.write('GET /healthz HTTP/1.1\r\nhost: gateway\r\n\r\n')
  let answer = ''
  for await (const chunk of early.setEncoding('utf8')) answer += chunk
  expect(answer).toMatch(/^HTTP\/1\.1 503 [\s\S]*\r\nConnection: close\r\n[\s\S]*\{"status":"stopping"\}/)
  await expect(stream.text()).rejects.toThrow()
  expect(await process.ended).toEqual({ code: 0, signal: null })
})
