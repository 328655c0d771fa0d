/** Connections that do not come about, and those that are secured. */
import { createServer } from 'node:net'
import { getCACertificates, setDefaultCACertificates, type TLSSocket } from 'node:tls'
import { afterAll, expect, test } from 'vitest'
import { startSelfSigned } from '../support/self-signed.ts'
import { createAsker, soon, until } from './listening.ts'

const asker = createAsker()
afterAll(() => asker.close())

async function portOf(server: ReturnType<typeof createServer>): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as { port: number }).port
}

test('a refused port is unreachable', async () => {
  const server = createServer()
  const port = await portOf(server)
  await new Promise((resolve) => server.close(resolve))
  const { listener } = asker.ask({ origin: `http://127.0.0.1:${port}` })
  expect(await listener.over).toBe('fail unreachable: the connection was refused')
})

test('a handshake that nobody answers ends with the time for it', async () => {
  const hasty = createAsker(150)
  const mute = createServer((socket) => socket.on('error', () => undefined))
  const startedAt = performance.now()
  const { listener } = hasty.ask({ origin: `https://127.0.0.1:${await portOf(mute)}` })
  expect(await listener.over).toBe('fail unreachable: the connection took too long')
  expect(performance.now() - startedAt).toBeGreaterThan(140)
  mute.close()
  await hasty.close()
})

test('plain HTTP where TLS was expected is unreachable', async () => {
  const plain = createServer((socket) => {
    socket.on('error', () => undefined)
    socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')
  })
  const { listener } = asker.ask({ origin: `https://127.0.0.1:${await portOf(plain)}` })
  expect(await listener.over).toMatch(/^fail unreachable: the connection could not be secured/)
  plain.close()
})

/** What the server got on each connection, and whether its handshake took up an earlier one. */
const met: { bytes: number; protocol: string | false | null; isResumed: boolean }[] = []
const ANSWER = 'HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhello'
const secure = await startSelfSigned((socket: TLSSocket) => {
  const seen = { bytes: 0, protocol: socket.alpnProtocol, isResumed: socket.isSessionReused() }
  let wanted = Number.POSITIVE_INFINITY
  met.push(seen)
  socket.on('error', () => undefined)
  socket.on('data', (bytes) => {
    const head = bytes.toString('latin1')
    const length = /content-length: (\d+)\r\n\r\n/.exec(head)
    if (length) {
      wanted = seen.bytes + Number(length[1]) + length.index + length[0].length
    }
    seen.bytes += bytes.length
    if (seen.bytes >= wanted) socket.write(ANSWER)
  })
})
const usual = getCACertificates('default')
afterAll(async () => {
  setDefaultCACertificates(usual)
  await asker.close()
  await secure.close()
})

test('a certificate that nobody vouches for is unreachable', async () => {
  const { listener } = asker.ask({ origin: secure.url })
  expect(await listener.over).toBe('fail unreachable: its certificate is self-signed')
  expect(met).toEqual([])
})

test('over TLS connections are kept, bodies come whole, and sessions are taken up', async () => {
  setDefaultCACertificates([...usual, secure.cert])
  const pieces = Array.from({ length: 40 }, (_, index) => Buffer.alloc(65_536, index))
  for (const body of [Buffer.from('{}'), pieces]) {
    const { listener } = asker.ask({ origin: secure.url, body })
    expect([await listener.over, listener.text]).toEqual(['end', 'hello'])
    await soon()
  }
  expect(met.length).toBe(1)
  expect(met[0]?.bytes).toBeGreaterThan(40 * 65_536)
  const both = [0, 1].map(() => asker.ask({ origin: secure.url }).listener)
  expect(await Promise.all(both.map(({ over }) => over))).toEqual(['end', 'end'])
  await until(() => met.length === 2)
  expect(met[1]?.isResumed).toBe(true)
})
