/** Which connections carry another request, and what becomes of one that died meanwhile. RFC 9112 section 9.3. */
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { createAsker, soon, until } from './listening.ts'
import { answering, json, type Script, startScriptedUpstream } from './scripted-upstream.ts'

const upstream = await startScriptedUpstream()
const asker = createAsker()
afterAll(async () => {
  await asker.close()
  await upstream.close()
})
const { origin } = upstream

/** Idle connections of one test are not those of the next. */
beforeEach(async () => {
  for (const socket of upstream.sockets) socket.destroy()
  await soon()
  upstream.sockets.length = 0
  upstream.received.length = 0
})

async function answered(script: Script): Promise<string> {
  upstream.script = script
  const { listener } = asker.ask({ origin })
  const how = await listener.over
  // What the upstream does behind its answer has then arrived.
  await soon()
  return how === 'end' ? listener.text : how
}

test('one connection carries one request after the other', async () => {
  for (const body of ['one', 'two', 'three']) expect(await answered(json(body))).toBe(body)
  expect(upstream.sockets.length).toBe(1)
})

test('requests at once have a connection each, which are all used again', async () => {
  upstream.script = json('hello')
  for (let round = 0; round < 3; round++) {
    const asked = Array.from({ length: 8 }, () => asker.ask({ origin }).listener.over)
    expect(await Promise.all(asked)).toEqual(Array(8).fill('end'))
    await soon()
  }
  expect(upstream.sockets.length).toBe(8)
})

const NOT_KEPT: Readonly<Record<string, Script>> = {
  'when the upstream announces its end': json('bye', 'connection: close\r\n'),
  'when the upstream keeps it for a second at most': json('bye', 'keep-alive: timeout=1\r\n'),
  'when it spoke HTTP/1.0': answering(
    'HTTP/1.0 200 OK\r\nconnection: keep-alive\r\ncontent-length: 3\r\n\r\nbye',
  ),
  'when something came behind the answer': answering('HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nbye?'),
  'when the upstream closes it': { ...json('bye'), afterwards: 'close' },
  'when the upstream resets it': { ...json('bye'), afterwards: 'reset' },
}
for (const [name, script] of Object.entries(NOT_KEPT)) {
  test(`a connection is not used again ${name}`, async () => {
    expect(await answered(script)).toBe('bye')
    expect(await answered(json('hello'))).toBe('hello')
    expect(upstream.sockets.length).toBe(2)
  })
}

test('a connection is closed when it has been idle for as long as its upstream allows, less a margin', async () => {
  expect(await answered(json('bye', 'keep-alive: timeout=2\r\n'))).toBe('bye')
  expect(upstream.sockets[0]?.destroyed).toBe(false)
  await until(() => upstream.sockets[0]?.destroyed === true)
})

test('what an upstream sends unasked is never the answer to the next request', async () => {
  expect(await answered(json('first'))).toBe('first')
  upstream.sockets[0]?.write('HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\npoison')
  await soon()
  expect(await answered(json('second'))).toBe('second')
  expect(upstream.sockets.length).toBe(2)
})

test('a request that went out is not sent twice, whoever broke the connection', async () => {
  expect(await answered(json('first'))).toBe('first')
  expect(await answered({ writes: [], afterwards: 'reset' })).toMatch(/^fail failed: the connection broke/)
  expect(upstream.received.join('').match(/POST/g)?.length).toBe(2)
})

/** The upstream lives in another thread, so that it can reset a connection while this one looks away. */
const RESETTING = `
const { parentPort } = require('node:worker_threads')
const sockets = []
let requests = 0
const server = require('node:net').createServer((socket) => {
  sockets.push(socket)
  socket.on('error', () => undefined)
  socket.on('data', () => {
    requests += 1
    socket.write('HTTP/1.1 200 OK\\r\\ncontent-length: 1\\r\\n\\r\\n' + requests)
  })
})
server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port))
parentPort.on('message', (done) => {
  sockets[0].once('close', () => setTimeout(() => { Atomics.store(done, 0, 1); Atomics.notify(done, 0) }, 50))
  sockets[0].resetAndDestroy()
})
`

test('a connection found dead before it took a byte costs nothing: another one carries the request', async () => {
  const worker = new Worker(RESETTING, { eval: true })
  const [port] = await once(worker, 'message')
  const asked = { origin: `http://127.0.0.1:${port}` }
  const first = asker.ask(asked).listener
  expect([await first.over, first.text]).toEqual(['end', '1'])
  await soon()
  // The connection dies after the sockets have been looked at and before the request is written.
  setImmediate(() => {
    const done = new Int32Array(new SharedArrayBuffer(4))
    worker.postMessage(done)
    Atomics.wait(done, 0, 0)
  })
  const second = asker.ask(asked).listener
  expect([await second.over, second.text]).toEqual(['end', '2'])
  await worker.terminate()
})

test('closing ends what is under way, and nothing is begun any more', async () => {
  const own = createAsker()
  upstream.script = answering('')
  const { listener } = own.ask({ origin })
  await until(() => upstream.received.join('').includes('POST'))
  await own.close()
  expect(await listener.over).toMatch(/^fail failed/)
  expect(await own.ask({ origin }).listener.over).toMatch(/^fail unreachable: the gateway stops/)
})
