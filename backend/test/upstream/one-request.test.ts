/** One request over a connection of our own: what is sent, back-pressure, and an end at any moment. */
import { createServer, type Socket } from 'node:net'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { UpstreamFault } from '../../src/upstream/fault.ts'
import { createAsker, Listener, soon, until } from './listening.ts'
import { answering, json, startScriptedUpstream } from './scripted-upstream.ts'

const upstream = await startScriptedUpstream()
const asker = createAsker()
afterAll(async () => {
  await asker.close()
  await upstream.close()
})
const { origin } = upstream

beforeEach(async () => {
  for (const socket of upstream.sockets) socket.destroy()
  await soon()
  upstream.sockets.length = 0
  upstream.received.length = 0
  upstream.script = json('hello')
})

const received = () => upstream.received.join('')
const HEAD = `POST /v1/messages HTTP/1.1\r\nhost: ${new URL(origin).host}\r\nconnection: keep-alive\r\n`

describe('what is sent', () => {
  test('a head in the order of its headers, and the body', async () => {
    const headers = ['X-One', 'a', 'x-two', '\xe9\t ', 'x-one', '']
    expect(await asker.ask({ origin, headers }).listener.over).toBe('end')
    const lines = 'X-One: a\r\nx-two: \xe9\t \r\nx-one: \r\ncontent-length: 2\r\n\r\n{}'
    expect(upstream.received[0]?.toString('latin1')).toBe(HEAD + lines)
  })

  test('a question without a body has no length', async () => {
    await asker.ask({ origin, method: 'GET', body: null }).listener.over
    expect(received()).toBe(`${HEAD.replace('POST', 'GET')}\r\n`)
  })

  for (const bytes of [0, 10, 16_384, 16_385, 3_000_000]) {
    test(`a body of ${bytes} bytes in pieces`, async () => {
      const body = Buffer.from(Array.from({ length: bytes }, (_, index) => index % 251))
      const pieces = [body.subarray(0, 7), body.subarray(7, 70_000), body.subarray(70_000)]
      await asker.ask({ origin, body: pieces }).listener.over
      const head = `${HEAD}content-length: ${bytes}\r\n\r\n`
      await until(() => (upstream.received[0]?.length ?? 0) >= head.length + bytes)
      expect(upstream.received[0]?.subarray(head.length).equals(body)).toBe(true)
    })
  }

  const UNSENDABLE = {
    'a line break in a value': { headers: ['x-a', 'b\r\nx-c: d'] },
    'a line feed in a value': { headers: ['x-a', 'b\nc'] },
    'NUL in a value': { headers: ['x-a', 'b\0'] },
    'a character that is no byte': { headers: ['x-a', '€'] },
    'a name that is no token': { headers: ['x a', 'b'] },
    'an empty name': { headers: ['', 'b'] },
    'a length of its own': { headers: ['Content-Length', '5'] },
    'a coding of its own': { headers: ['transfer-encoding', 'chunked'] },
    'an expectation': { headers: ['expect', '100-continue'] },
    'a space in the path': { path: '/v1/messages HTTP/1.1' },
    'a line break in the path': { path: '/v1\r\nx-a: b' },
    'a path that does not begin at the root': { path: 'v1' },
  }
  for (const [name, what] of Object.entries(UNSENDABLE)) {
    test(`${name} is refused, and nothing is sent`, async () => {
      const { listener } = asker.ask({ origin, ...what })
      expect(listener.heard).toEqual(['fail unreachable'])
      await soon()
      expect(upstream.sockets).toEqual([])
    })
  }
})

describe('an answer that comes while the request is still being sent', () => {
  test('is read, and the connection is given up', async () => {
    let taken = 0
    let isClosed = false
    const deaf = createServer((socket) => {
      socket.on('data', (bytes) => {
        taken += bytes.length
      })
      socket.once('data', () => {
        socket.pause()
        socket.write('HTTP/1.1 413 Too Large\r\ncontent-length: 3\r\n\r\nno!')
      })
      socket.on('error', () => undefined)
      socket.on('close', () => {
        isClosed = true
      })
    })
    const sockets: Socket[] = []
    deaf.on('connection', (socket) => sockets.push(socket))
    await new Promise<void>((resolve) => deaf.listen(0, '127.0.0.1', resolve))
    const { port } = deaf.address() as { port: number }
    const body = Array.from({ length: 400 }, () => Buffer.alloc(65_536, 'a'))
    const { listener } = asker.ask({ origin: `http://127.0.0.1:${port}`, body })
    expect([await listener.over, listener.text, listener.heard[0]]).toEqual(['end', 'no!', 'head 413'])
    sockets[0]?.resume()
    await until(() => isClosed)
    expect(taken).toBeLessThan(400 * 65_536)
    deaf.close()
  })
})

describe('back-pressure', () => {
  const LARGE = 'x'.repeat(20_000_000)

  for (const framing of ['a length', 'the end of the connection']) {
    test(`a body that ends with ${framing} waits while it is paused, and then comes whole`, async () => {
      const length = framing === 'a length' ? `content-length: ${LARGE.length}\r\n` : ''
      upstream.script = { ...answering(`HTTP/1.1 200 OK\r\n${length}\r\n${LARGE}`), afterwards: 'close' }
      const listener = new Listener()
      const { exchange } = asker.ask({ origin }, listener)
      listener.onData = () => exchange.pause()
      await until(() => listener.bytes > 0)
      await soon(50)
      const before = listener.bytes
      await soon(50)
      expect(listener.bytes).toBe(before)
      expect(before).toBeLessThan(LARGE.length / 4)
      listener.onData = () => {
        exchange.pause()
        setImmediate(() => exchange.resume())
      }
      exchange.resume()
      expect(await listener.over).toBe('end')
      expect(listener.bytes).toBe(LARGE.length)
    })
  }

  test('whoever pauses on the last bytes hears the end, and the next answer on the connection flows', async () => {
    const listener = new Listener()
    const { exchange } = asker.ask({ origin }, listener)
    listener.onData = () => exchange.pause()
    expect(await listener.over).toBe('end')
    await soon()
    const next = asker.ask({ origin }).listener
    // Too late: what was paused is over.
    exchange.pause()
    expect([await next.over, next.text, upstream.sockets.length]).toEqual(['end', 'hello', 1])
  })
})

describe('an abort', () => {
  const GONE = new UpstreamFault('client_gone', 'the client left')
  const STREAM = answering('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n')

  test('while the connection is being made sends nothing, and leaves it to the next request', async () => {
    const { listener, exchange } = asker.ask({ origin })
    exchange.abort(GONE)
    expect(listener.heard).toEqual(['fail client_gone'])
    await soon()
    expect(await asker.ask({ origin }).listener.over).toBe('end')
    expect([upstream.sockets.length, received().match(/POST/g)?.length]).toEqual([1, 1])
  })

  test('in the turn of an idle connection sends nothing', async () => {
    await asker.ask({ origin }).listener.over
    await soon()
    const { listener, exchange } = asker.ask({ origin })
    exchange.abort(GONE)
    await soon()
    expect([listener.heard, received().match(/POST/g)?.length]).toEqual([['fail client_gone'], 1])
  })

  test('before the answer closes the connection', async () => {
    upstream.script = answering('')
    const { listener, exchange } = asker.ask({ origin })
    await until(() => received() !== '')
    exchange.abort(GONE)
    await until(() => upstream.sockets[0]?.destroyed === true)
    expect(listener.heard).toEqual(['fail client_gone'])
  })

  for (const [phase, heard] of [
    ['onHead', ['head 200', 'fail client_gone']],
    ['onData', ['head 200', 'data', 'fail client_gone']],
  ] as const) {
    test(`from within ${phase} is the last that is heard, and closes the connection`, async () => {
      upstream.script = STREAM
      const listener = new Listener()
      const { exchange } = asker.ask({ origin }, listener)
      listener[phase] = () => exchange.abort(GONE)
      await listener.over
      await until(() => upstream.sockets[0]?.destroyed === true)
      expect(listener.heard).toEqual(heard)
    })
  }

  test('between two reads is the last that is heard', async () => {
    upstream.script = STREAM
    const { listener, exchange } = asker.ask({ origin })
    await until(() => listener.bytes === 5)
    exchange.abort(GONE)
    exchange.abort(new UpstreamFault('failed', 'again'))
    upstream.sockets[0]?.write('5\r\nworld\r\n')
    await soon()
    expect(listener.heard).toEqual(['head 200', 'data', 'fail client_gone'])
  })

  test('behind the end changes nothing, and the connection stays', async () => {
    const { listener, exchange } = asker.ask({ origin })
    await listener.over
    exchange.abort(GONE)
    await soon()
    expect(await asker.ask({ origin }).listener.over).toBe('end')
    expect([listener.heard, upstream.sockets.length]).toEqual([['head 200', 'data', 'end'], 1])
  })
})

test('a mistake in reading an answer is the failure of that attempt, and of no other', async () => {
  for (const moment of ['onHead', 'onData'] as const) {
    const careless = new Listener()
    careless[moment] = () => {
      throw new Error('a mistake of ours')
    }
    const other = asker.ask({ origin })
    expect(await asker.ask({ origin }, careless).listener.over).toMatch(/^fail failed: .*ANSWER_UNREAD/)
    expect(await other.listener.over).toBe('end')
  }
})
