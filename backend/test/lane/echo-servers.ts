/** Two servers that tell what they read: one of `node:http` alone, and one with the lane for messages before it. */
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { createMessageLane, type MessageLane } from '../../src/http/lane/message-lane.ts'
import { NodeRequest, NodeResponse } from '../../src/http/node-call.ts'
import type { CallRequest, CallResponse } from '../../src/proxy/client-side.ts'

export interface EchoServers {
  readonly withoutLane: number
  readonly withLane: number
  readonly lane: MessageLane
  /** The heads that each has read since the last look, in their order. */
  readHeads(): { readonly withoutLane: string[]; readonly withLane: string[] }
  /** How many calls came on the lane. */
  laneCalls(): number
  close(): Promise<void>
}

export interface EchoOptions {
  readonly keepAliveSeconds?: number
  /** Body bytes of an answer, in place of the echo. */
  readonly answerBytes?: number
}

export async function startEchoServers(options: EchoOptions = {}): Promise<EchoServers> {
  const { keepAliveSeconds = 65, answerBytes } = options
  let laneCalls = 0
  const withoutLane: string[] = []
  const withLane: string[] = []
  const lane = createMessageLane(keepAliveSeconds, ({ request, response }) => {
    laneCalls += 1
    withLane.push(headOf(request))
    echo(request, response, answerBytes)
  })
  const alone = await listening((head) => withoutLane.push(head))
  const shared = await listening((head) => withLane.push(head))
  lane.openTo(shared)
  return {
    withoutLane: portOf(alone),
    withLane: portOf(shared),
    lane,
    readHeads: () => ({ withoutLane: withoutLane.splice(0), withLane: withLane.splice(0) }),
    laneCalls: () => laneCalls,
    async close() {
      lane.stop()
      lane.close()
      for (const server of [alone, shared]) {
        server.closeAllConnections()
        server.close()
        await once(server, 'close')
      }
    },
  }
}

function headOf(request: CallRequest): string {
  const { url, rawHeaders, announcedBytes, headerNames } = request
  // The lane tells a body's length by `announcedBytes` alone.
  const isTold = (name: string | undefined) => name?.toLowerCase() !== 'content-length'
  const raw = rawHeaders.filter((_, index) => isTold(rawHeaders[index - (index % 2)]))
  const headers = headerNames.filter(isTold).map((name) => [name, request.header(name)])
  return JSON.stringify([url, announcedBytes, raw, headers])
}

async function listening(take: (head: string) => void): Promise<Server> {
  const options = { maxHeaderSize: 64 * 1024, keepAliveTimeout: 65_000 }
  const server = createServer(options, (incoming, outgoing) => {
    const request = new NodeRequest(incoming)
    take(headOf(request))
    echo(request, new NodeResponse(outgoing))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return server
}

const portOf = (server: Server): number => (server.address() as AddressInfo).port

function echo(request: CallRequest, response: CallResponse, answerBytes?: number): void {
  const pieces: Buffer[] = []
  request.read({
    data: (piece) => pieces.push(piece),
    end() {
      const body = Buffer.concat(pieces).toString('latin1')
      const told = Buffer.from(JSON.stringify({ url: request.url, body, isWhole: request.isWhole }))
      const answer = answerBytes === undefined ? told : Buffer.alloc(answerBytes, 'x')
      response.writeHead(200, ['content-type', 'application/json'], answer.length)
      response.end(answer)
    },
    broken: () => undefined,
  })
}

/** What a server says to these bytes, sent in these writes, until it hangs up or has been silent for a while. */
export function saidTo(port: number, writes: readonly Buffer[], silenceMs: number): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>()
  const socket = connect(port, '127.0.0.1')
  let said = ''
  const finish = () => {
    socket.destroy()
    resolve(said)
  }
  const timer = setTimeout(finish, silenceMs)
  socket.setNoDelay(true)
  socket.on('data', (bytes) => {
    said += bytes.toString('latin1')
    timer.refresh()
  })
  socket.on('error', () => undefined)
  socket.on('close', () => {
    clearTimeout(timer)
    resolve(said)
  })
  void (async () => {
    for (const bytes of writes) {
      if (socket.destroyed) return
      socket.write(bytes)
      await new Promise((next) => setImmediate(next))
    }
  })()
  return promise
}
