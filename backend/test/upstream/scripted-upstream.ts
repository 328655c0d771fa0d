/** An upstream of raw sockets that answers every request with the bytes it is told, cut as it is told. */
import { type AddressInfo, createServer, type Socket } from 'node:net'

export interface Script {
  /** Each is written by itself, a turn of the loop after the one before. */
  readonly writes: readonly Buffer[]
  /** What happens to the connection afterwards. */
  readonly afterwards: 'keep' | 'close' | 'reset'
}

export interface ScriptedUpstream {
  readonly origin: string
  /** What the next requests are answered with. */
  script: Script
  /** What came on each connection, in order of the connections. */
  readonly received: Buffer[]
  readonly sockets: Socket[]
  close(): Promise<void>
}

export async function startScriptedUpstream(): Promise<ScriptedUpstream> {
  const upstream = { script: answering(''), received: [] as Buffer[], sockets: [] as Socket[] }
  const server = createServer({ noDelay: true }, (socket) => {
    const place = upstream.sockets.push(socket) - 1
    upstream.received.push(Buffer.alloc(0))
    socket.on('error', () => undefined)
    socket.on('data', (bytes) => {
      upstream.received[place] = Buffer.concat([upstream.received[place] as Buffer, bytes])
      if (bytes.includes('\r\n\r\n')) void play(socket, upstream.script)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return Object.assign(upstream, {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise<void>((resolve) => {
        for (const socket of upstream.sockets) socket.destroy()
        server.close(() => resolve())
      }),
  })
}

/** One write, and the connection stays. */
export const answering = (text: string): Script => ({
  writes: [Buffer.from(text, 'latin1')],
  afterwards: 'keep',
})

export const json = (body: string, headers = ''): Script =>
  answering(`HTTP/1.1 200 OK\r\ncontent-length: ${Buffer.byteLength(body)}\r\n${headers}\r\n${body}`)

async function play(socket: Socket, { writes, afterwards }: Script): Promise<void> {
  for (const bytes of writes) {
    socket.write(bytes)
    await new Promise((resolve) => setImmediate(resolve))
  }
  if (afterwards === 'close') socket.end()
  if (afterwards === 'reset') socket.resetAndDestroy()
}

/** What became of one request. */
export interface Outcome {
  status: number
  rawHeaders: string[]
  body: string
  ending: 'end' | 'fail'
}
