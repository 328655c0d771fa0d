/** Rules B9, C7 and C8 on a stream that came compressed and is decoded, since its model's name must be restored. */
import { setTimeout as sleep } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { changed, type Script } from '../support/fake-upstream/answer.ts'
import { handmadeStream } from '../support/fake-upstream/messages.ts'
import { compressed, withHeaders } from '../support/fake-upstream/rewriting.ts'
import { messageFor } from '../support/gateway.ts'
import { startStand } from '../support/stand.ts'
import { BLOCK, delta, ending, STOP, start } from './frames.ts'
import { ask, post } from './live-client.ts'
import { rowOf, rowsOfSession } from './row-of.ts'

const { gateway, upstream, map } = await startStand()
await map({ display_model: 'team-model', upstream_model: 'claude-sonnet-5' })
const STREAM = messageFor('team-model', { stream: true })

/** Thirty megabytes that arrive in one packet, so that the upstream is done long before they are decoded. */
const DELTAS = Array.from({ length: 3000 }, () => delta('x'.repeat(10_000)))
const ZIPPED = gzipSync(Buffer.concat([start(), BLOCK, ...DELTAS, ending(), STOP]))
const inOnePacket: Script = withHeaders(handmadeStream([ZIPPED]), { 'content-encoding': 'gzip' })

test('C8: a client that stops reading and leaves, when the upstream has long been done, is written down', async () => {
  upstream.answer(inOnePacket)
  const call = post(gateway, STREAM, { headers: { 'x-claude-code-session-id': 'leaving' } })
  const answer = await call.head
  answer.pause()
  await upstream.requests[0]?.ended
  await sleep(300)
  call.leave()
  expect(await rowsOfSession(gateway, 'leaving', 1)).toMatchObject([{ outcome: 'client_gone' }])
})

test('C1: a client that reads slowly gets all of it', async () => {
  upstream.answer(inOnePacket)
  const answer = await post(gateway, STREAM).head
  answer.pause()
  await sleep(300)
  answer.resume()
  await answer.ended
  expect(answer.body.equals(Buffer.concat([start('team-model'), BLOCK, ...DELTAS, ending(), STOP]))).toBe(
    true,
  )
})

test('C7: a stream that cannot be decoded any further is told as broken off, and its upstream is left', async () => {
  const begun = compressed(handmadeStream([start(), BLOCK, delta('Hello')]), 'gzip')
  async function* breaking(pieces: AsyncIterable<Buffer> | readonly Buffer[]): AsyncGenerator<Buffer> {
    let sent = 0
    for await (const piece of pieces) if (sent++ < 3) yield piece
    while (true) {
      await sleep(20)
      yield Buffer.from('this is no gzip')
    }
  }
  upstream.answer(changed(begun, (answer) => ({ ...answer, body: breaking(answer.body) })))
  const answer = await ask(gateway, STREAM)
  expect(answer.text).toMatch(/Hello.*\nevent: error\ndata: [^\n]*"api_error"[^\n]*\n\n$/s)
  expect(await rowOf(gateway, answer)).toMatchObject({ outcome: 'truncated', status: 200 })
  await upstream.requests[0]?.ended
  expect(upstream.requests[0]?.aborted).toBe(true)
})
