/** Rule D3: the deadline for the first content is the upstreams' time; what a client takes to send is its own. */
import { request as httpRequest } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { message } from '../support/fake-upstream/messages.ts'
import { messageFor } from '../support/gateway.ts'
import { startStand } from '../support/stand.ts'

const { gateway, upstream } = await startStand({}, { limits: { firstContentMs: 600, plainAnswerMs: 600 } })

for (const stream of [true, false]) {
  test(`D3: an upload that takes longer than the deadline takes nothing from it (stream: ${stream})`, async () => {
    upstream.answer(message())
    const body = JSON.stringify(messageFor('claude-sonnet-5', { stream }))
    const status = Promise.withResolvers<number>()
    const headers = { authorization: `Bearer ${gateway.key}` }
    const outgoing = httpRequest(`${gateway.url}/v1/messages`, { method: 'POST', agent: false, headers })
    outgoing.on('response', (incoming) => {
      incoming.resume()
      status.resolve(incoming.statusCode ?? 0)
    })
    outgoing.write(body.slice(0, 20))
    await sleep(900)
    outgoing.end(body.slice(20))
    expect(await status.promise).toBe(200)
  })
}
