/** All sockets read into one buffer: what came on one is never taken for another's, however they are paused. */
import { createHash } from 'node:crypto'
import { createServer, type Socket } from 'node:net'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { afterAll, expect, test } from 'vitest'
import { startSelfSigned } from '../support/self-signed.ts'
import { createAsker, Listener, soon } from './listening.ts'

const BYTES = 3_000_000

/** Answers with as many bytes of a pattern of its own as it is asked for by the path: `/3`. */
function answer(socket: Socket): void {
  socket.on('error', () => undefined)
  socket.on('data', (bytes) => {
    const seed = Number(/^POST \/(\d+) /.exec(bytes.toString('latin1'))?.[1])
    socket.write(`HTTP/1.1 200 OK\r\ncontent-length: ${BYTES}\r\n\r\n`)
    socket.write(patternOf(seed))
  })
}

const patternOf = (seed: number): Buffer =>
  Buffer.from(Uint8Array.from({ length: BYTES }, (_, index) => (index * (seed + 1)) % 253))

const sumOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')

const plain = createServer(answer)
await new Promise<void>((resolve) => plain.listen(0, '127.0.0.1', resolve))
const secure = await startSelfSigned(answer)
const usual = getCACertificates('default')
setDefaultCACertificates([...usual, secure.cert])
const asker = createAsker()
afterAll(async () => {
  setDefaultCACertificates(usual)
  await asker.close()
  plain.close()
  await secure.close()
})

/** Keeps the pieces as they are handed over, as a reader may. */
class Keeper extends Listener {
  readonly pieces: Buffer[] = []

  override data(chunk: Buffer): void {
    this.pieces.push(chunk)
    this.bytes += chunk.length
    this.onData()
  }
}

test.each([
  ['plain', `http://127.0.0.1:${(plain.address() as { port: number }).port}`],
  ['over TLS', secure.url],
])('many answers at once come whole, each its own, some of them slowly: %s', async (_, origin) => {
  const seeds = [0, 1, 2, 3, 4, 5, 6, 7]
  const asked = seeds.map((seed) => {
    const { listener, exchange } = asker.ask({ origin, path: `/${seed}` }, new Keeper())
    if (seed % 2 === 1)
      listener.onData = () => {
        exchange.pause()
        setImmediate(() => exchange.resume())
      }
    return listener as Keeper
  })
  expect(await Promise.all(asked.map(({ over }) => over))).toEqual(seeds.map(() => 'end'))
  expect(asked.map(({ pieces }) => sumOf(Buffer.concat(pieces)))).toEqual(
    seeds.map((seed) => sumOf(patternOf(seed))),
  )
})

test('over TLS an answer that is paused waits, and then comes whole', async () => {
  const { listener, exchange } = asker.ask({ origin: secure.url, path: '/9' }, new Keeper())
  let isOver = false
  void listener.over.then(() => {
    isOver = true
  })
  // On a busy machine the head may take longer than any time that could be waited here.
  await new Promise<void>((resolve) => {
    listener.onHead = () => {
      exchange.pause()
      resolve()
    }
  })
  await soon(300)
  const arrived = listener.bytes
  expect([isOver, arrived < BYTES]).toEqual([false, true])
  await soon(300)
  expect(listener.bytes).toBe(arrived)
  exchange.resume()
  expect(await listener.over).toBe('end')
  expect(sumOf(Buffer.concat((listener as Keeper).pieces))).toBe(sumOf(patternOf(9)))
})
