/** A conversation of megabytes is not kept while its answer is written: a thousand streams would fill the memory. */
import { once } from 'node:events'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { giveBackMemory } from '../../src/store/give-back-memory.ts'
import { startGateway } from '../support/gateway.ts'
import { BLOCK, delta, start } from './frames.ts'

const STREAMS = 24
const BODY_BYTES = 2_000_000

/** An upstream that reads what it is sent, keeps none of it, and never comes to the end of its answer. */
async function startSlowWriter(): Promise<string> {
  const server = createServer((incoming, answer) => {
    incoming.resume().on('end', () => {
      answer.writeHead(200, { 'content-type': 'text/event-stream' })
      for (const frame of [start(), BLOCK, delta('one word')]) answer.write(frame)
    })
  })
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

test.each([
  ['as it came', {}],
  ['with its model renamed', { 'claude-asked': 'claude-answers' }],
])('the body of a request is let go when its answer has begun: %s', async (_, models) => {
  const gateway = await startGateway()
  onTestFinished(() => gateway.close())
  await gateway.addChannel({ base_url: await startSlowWriter() })
  for (const [display_model, upstream_model] of Object.entries(models))
    await gateway.admin('POST', '/api/mappings', { display_model, upstream_model })
  const body = Buffer.from(
    JSON.stringify({
      model: 'claude-asked',
      max_tokens: 9,
      stream: true,
      messages: [{ role: 'user', content: 'x'.repeat(BODY_BYTES) }],
    }),
  )
  const headers = { 'x-api-key': gateway.key, 'content-length': body.length }
  const openStream = async () => {
    const asked = request(`${gateway.url}/v1/messages`, { method: 'POST', headers, agent: false })
    onTestFinished(() => {
      asked.destroy()
    })
    asked.on('error', () => undefined).end(body)
    const [answer] = await once(asked, 'response')
    await once(answer, 'data')
  }
  await openStream()
  giveBackMemory()
  const before = process.memoryUsage().arrayBuffers
  await Promise.all(Array.from({ length: STREAMS }, openStream))
  await sleep(200)
  giveBackMemory()
  const kept = process.memoryUsage().arrayBuffers - before
  expect(kept).toBeLessThan(BODY_BYTES * 4)
})
