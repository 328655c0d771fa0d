/** What is measured once and not in rounds: memory under a reader that does not read, and what a failover adds. */
import { setTimeout as sleep } from 'node:timers/promises'
import { Connection } from './connection.ts'
import type { GatewayUnderTest } from './gateway.ts'
import { median } from './load.ts'
import { requestBytes } from './requests.ts'

/** An endless stream whose client has stopped reading: megabytes that the gateway grew by in the second half. */
export async function growthUnderSlowReader(
  { port, key, process: running }: GatewayUnderTest,
  ms: number,
): Promise<number> {
  const connection = new Connection(port)
  void connection.ask(requestBytes(key, { answer: 'endless', bodyBytes: 600 }))
  await sleep(300)
  connection.socket.pause()
  await sleep(ms / 2)
  const before = running.residentMb()
  await sleep(ms / 2)
  const growth = running.residentMb() - before
  connection.socket.destroy()
  await sleep(200)
  return growth
}

/** A model whose first channel refuses connections; its health is cleared each time, or it would be passed over. */
const FAILING_OVER = 'failing-over-model'
/** Nobody listens there. */
const REFUSED = 'http://127.0.0.1:9'

/** @returns milliseconds that a refused first channel adds at the median. */
export async function failoverMs(
  gateway: GatewayUnderTest,
  upstreamUrl: string,
  times: number,
): Promise<number> {
  const api_key = 'sk-ant-bench-no-real-key'
  const models = [FAILING_OVER]
  const refused = await gateway.admin<{ id: number }>('POST', '/api/channels', {
    name: 'refused',
    base_url: REFUSED,
    api_key,
    priority: 30,
    models,
  })
  await gateway.admin('POST', '/api/channels', {
    name: 'there',
    base_url: upstreamUrl,
    api_key,
    priority: 20,
    models,
  })
  const connection = new Connection(gateway.port)
  const request = requestBytes(gateway.key, { answer: 'small', bodyBytes: 600, model: FAILING_OVER })
  const asked = async () => {
    const from = performance.now()
    const { isGood } = await connection.ask(request)
    if (!isGood) throw new Error('a failover did not succeed')
    return performance.now() - from
  }
  const measured = async (prepare: () => Promise<unknown>) => {
    const taken: number[] = []
    for (let count = 0; count < times; count++) {
      await prepare()
      taken.push(await asked())
    }
    return median(taken.slice(Math.floor(times / 4)))
  }
  const clear = () => gateway.admin('PUT', `/api/channels/${refused.id}/clear`)
  const withFailover = await measured(clear)
  await gateway.admin('PUT', `/api/channels/${refused.id}/deactivate`)
  // The same rest between two requests as before, since a cold process is slower.
  const without = await measured(() => gateway.admin('GET', '/api/keys'))
  connection.socket.destroy()
  return withFailover - without
}
