/** The lane for messages in a gateway: which connections are on it, and that leaving it loses nothing. */
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { message } from '../support/fake-upstream/messages.ts'
import { heldUntil } from '../support/fake-upstream/timing.ts'
import { startStand } from '../support/stand.ts'
import { saidTo, startEchoServers } from './echo-servers.ts'

const stand = await startStand()
const { gateway, upstream } = stand
const { hostname, port } = new URL(gateway.url)
const QUESTION = JSON.stringify({ model: 'claude-sonnet-5', max_tokens: 9, messages: [] })
/** Longer than any answer takes: what is waited for is the end of the connection. */
const SILENCE_MS = 10_000
const SOON = { timeout: 10_000 }

const post = (fields: string, rest: string): string =>
  `POST /v1/messages HTTP/1.1\r\nhost: gateway\r\nauthorization: Bearer ${gateway.key}\r\n${fields}\r\n${rest}`
const plain = (body = QUESTION): string => post(`content-length: ${Buffer.byteLength(body)}\r\n`, body)
const chunked = (body = QUESTION): string =>
  post('transfer-encoding: chunked\r\n', `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`)
const HEALTH = 'GET /healthz HTTP/1.1\r\nhost: gateway\r\n\r\n'

/** Behind all others, so that the gateway hangs up. */
const LAST = 'GET /healthz HTTP/1.1\r\nhost: gateway\r\nconnection: close\r\n\r\n'

const statusesIn = (said: string): string[] => said.match(/(?<=HTTP\/1\.1 )\d\d\d/g) ?? []
const ask = (...writes: string[]): Promise<string> =>
  saidTo(
    Number(port),
    [...writes, LAST].map((text) => Buffer.from(text)),
    SILENCE_MS,
  )

test('requests of every kind take turns on one connection, each answered once and in order', async () => {
  const said = await ask(plain(), HEALTH, chunked(), plain(), plain())
  expect(statusesIn(said)).toEqual(['200', '200', '200', '200', '200', '200'])
  expect(said.match(/"status":"ok"|"type":"message"/g)).toEqual([
    '"type":"message"',
    '"status":"ok"',
    '"type":"message"',
    '"type":"message"',
    '"type":"message"',
    '"status":"ok"',
  ])
  expect(upstream.requests.length).toBe(4)
})

test('the same in one packet, and with a body cut at any byte', async () => {
  const together = await ask([plain(), plain(), HEALTH, chunked()].join(''))
  expect(statusesIn(together)).toEqual(['200', '200', '200', '200', '200'])
  const whole = plain()
  for (const cut of [1, 20, whole.indexOf('\r\n\r\n') + 2, whole.length - QUESTION.length, whole.length - 1])
    expect(statusesIn(await ask(whole.slice(0, cut), whole.slice(cut)))).toEqual(['200', '200'])
  for (const { body } of upstream.requests) expect(body.toString()).toBe(QUESTION)
})

test('a client that waits for leave to send its body gets it', async () => {
  const socket = connect(Number(port), hostname)
  socket.write(post(`content-length: ${QUESTION.length}\r\nexpect: 100-continue\r\n`, ''))
  const [first] = (await once(socket, 'data')) as [Buffer]
  expect(first.toString()).toBe('HTTP/1.1 100 Continue\r\n\r\n')
  socket.write(QUESTION)
  const [second] = (await once(socket, 'data')) as [Buffer]
  expect(statusesIn(second.toString())).toEqual(['200'])
  socket.destroy()
})

test('a refused request leaves its connection open where its body had come, and hangs up where it had not', async () => {
  const refused = plain().replace(gateway.key, 'wrong')
  const said = await ask(refused + refused, plain())
  expect(statusesIn(said)).toEqual(['401', '401', '200', '200'])
  expect(said).not.toContain('connection: close')

  const early = await ask(post('content-length: 1000000\r\n', 'begun').replace(gateway.key, 'wrong'))
  expect(statusesIn(early)).toEqual(['401'])
  expect(early).toContain('connection: close')
})

/** A connection of its own, and what has been said on it. */
function connected(): { socket: Socket; said: () => string } {
  const socket = connect(Number(port), hostname)
  let text = ''
  socket.on('data', (bytes) => {
    text += bytes.toString()
  })
  return { socket, said: () => text }
}

test('what is pipelined behind an answer under way is read when that has gone out', async () => {
  const gate = Promise.withResolvers<void>()
  upstream.answer(heldUntil(gate.promise, message()))
  const { socket, said } = connected()
  socket.write(plain())
  await sleep(50)
  socket.write(plain() + HEALTH)
  await sleep(50)
  expect(said()).toBe('')
  gate.resolve()
  await expect.poll(() => statusesIn(said()), SOON).toEqual(['200', '200', '200'])
  socket.destroy()
})

test('a client that ends its side before its answer has left, and nothing is counted as sent', async () => {
  const gate = Promise.withResolvers<void>()
  upstream.answer(heldUntil(gate.promise, message()))
  const { socket, said } = connected()
  socket.end(plain())
  await once(socket, 'close')
  gate.resolve()
  await expect
    .poll(async () => (await gateway.logs(1))[0], SOON)
    .toMatchObject({ outcome: 'client_gone', response_bytes: 0 })
  expect(said()).toBe('')
})

test('a client that pipelines more than it should is not read any further', async () => {
  const gate = Promise.withResolvers<void>()
  upstream.answer(heldUntil(gate.promise, message()))
  const socket = connect(Number(port), hostname)
  socket.on('error', () => undefined)
  socket.write(plain())
  await sleep(50)
  const flood = Buffer.from(plain().repeat(400))
  let sent = 0
  while (sent < 100_000_000 && (await writes(socket, flood))) sent += flood.length
  expect(sent).toBeLessThan(100_000_000)
  socket.destroy()
  gate.resolve()
})

/** Whether the system took them within a moment. */
async function writes(socket: Socket, bytes: Buffer): Promise<boolean> {
  if (socket.write(bytes)) return true
  return Promise.race([once(socket, 'drain').then(() => true), sleep(300).then(() => false)])
}

test('a connection on which nothing is asked any more is hung up', async () => {
  const servers = await startEchoServers({ keepAliveSeconds: 1 })
  const socket = connect(servers.withLane, '127.0.0.1')
  const closed = once(socket, 'close')
  const since = performance.now()
  socket.resume().write('POST /v1/messages HTTP/1.1\r\nhost: gateway\r\ncontent-length: 2\r\n\r\n{}')
  await closed
  expect(performance.now() - since).toBeGreaterThan(1000)
  await servers.close()
}, 15_000)

test('a stop lets an answer that is larger than the sockets hold go out whole', async () => {
  const answerBytes = 30_000_000
  const servers = await startEchoServers({ answerBytes })
  const socket = connect(servers.withLane, '127.0.0.1')
  socket.write('POST /v1/messages HTTP/1.1\r\nhost: gateway\r\ncontent-length: 2\r\n\r\n{}')
  await once(socket, 'readable')
  expect(servers.lane.size).toBe(1)
  servers.lane.stop()
  let bytes = 0
  for await (const chunk of socket) bytes += (chunk as Buffer).length
  expect(bytes).toBeGreaterThan(answerBytes)
  expect(servers.lane.size).toBe(0)
  await servers.close()
})
