/** What the gateway is compared with: node:http and undici, bytes through, no duties. It prints its port. */
import { createServer } from 'node:http'
import { Agent, type Dispatcher } from 'undici'

const origin = process.argv[2] ?? ''
const agent = new Agent({
  allowH2: false,
  connections: null,
  pipelining: 1,
  bodyTimeout: 0,
  headersTimeout: 0,
})
const HOP_BY_HOP = new Set(['connection', 'keep-alive', 'transfer-encoding', 'host'])

function withoutHopByHop(raw: readonly string[]): string[] {
  const kept: string[] = []
  for (let index = 0; index < raw.length; index += 2) {
    const name = raw[index] as string
    if (!HOP_BY_HOP.has(name.toLowerCase())) kept.push(name, raw[index + 1] as string)
  }
  return kept
}

const server = createServer({ noDelay: true, requestTimeout: 0 }, (request, response) => {
  let controller: Dispatcher.DispatchController | null = null
  response.on('drain', () => controller?.resume())
  response.on('close', () => {
    if (!response.writableFinished) controller?.abort(new Error('client gone'))
  })
  agent.dispatch(
    {
      origin,
      path: request.url ?? '/',
      method: 'POST',
      headers: withoutHopByHop(request.rawHeaders),
      body: request,
    },
    {
      onRequestStart(started) {
        controller = started
      },
      onResponseStart(_controller, status, headers) {
        const { connection: _connection, 'transfer-encoding': _encoding, ...passed } = headers
        response.sendDate = false
        response.writeHead(status, passed as Record<string, string>)
      },
      onResponseData(started, chunk) {
        if (!response.write(chunk)) started.pause()
      },
      onResponseEnd() {
        response.end()
      },
      onResponseError() {
        response.destroy()
      },
    },
  )
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  console.log(`port ${typeof address === 'object' ? address?.port : ''}`)
})
