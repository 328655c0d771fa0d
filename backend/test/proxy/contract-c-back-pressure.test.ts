/** Rule C1: a client that reads slowly slows its upstream down, and fills no memory of the gateway's. */
import { setTimeout as sleep } from 'node:timers/promises'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Answer, changed, type Script } from '../support/fake-upstream/answer.ts'
import { type FakeUpstream, startFakeUpstream } from '../support/fake-upstream/fake-upstream.ts'
import { handmadeStream } from '../support/fake-upstream/messages.ts'
import { compressed } from '../support/fake-upstream/rewriting.ts'
import { messageFor, startGateway, type TestGateway } from '../support/gateway.ts'
import { BLOCK, delta, STOP, start, streamOf } from './frames.ts'
import { post } from './live-client.ts'
import { rowOf } from './row-of.ts'

const STREAM = messageFor('claude-sonnet-5', { stream: true })
const MIB = 1_048_576

let upstream: FakeUpstream
let gateway: TestGateway
beforeAll(async () => {
  // Nothing is recorded: what the upstream keeps would be counted as the gateway's.
  upstream = await startFakeUpstream({ record: false })
  gateway = await startGateway()
  await gateway.addChannel({ base_url: upstream.url })
})
afterAll(async () => {
  await gateway.close()
  await upstream.close()
})

/** The same answer; `count` is told of every byte that leaves. */
function counted(script: Script, count: (bytes: number) => void): Script {
  return changed(script, (answer) => ({ ...answer, body: counting(answer.body, count) }))
}

async function* counting(body: Answer['body'], count: (bytes: number) => void): AsyncGenerator<Buffer> {
  for await (const piece of body) {
    count(piece.length)
    yield piece
  }
}

const bulk = (index: number): Buffer => delta(`${index} ${'x'.repeat(9000)}`)

async function* endlessMessage(): AsyncGenerator<Buffer> {
  yield start()
  yield BLOCK
  for (let index = 0; ; index++) yield bulk(index)
}

/** Waits until a figure stands still for a quarter of a second. */
async function standstill(figure: () => number): Promise<number> {
  let last = -1
  while (figure() !== last) {
    last = figure()
    await sleep(250)
  }
  return last
}

function memoryInUse(): number {
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

test('C1: a client that stops reading an endless stream stops its upstream, in flat memory', async () => {
  let sent = 0
  upstream.answer(counted(streamOf(endlessMessage()), (bytes) => (sent += bytes)))
  const before = memoryInUse()
  const call = post(gateway, STREAM)
  const answer = await call.head
  answer.pause()
  const stoppedAt = await standstill(() => sent)
  // What is on its way fills the buffers of two connections in the kernel, and no more.
  expect(stoppedAt).toBeLessThan(24 * MIB)
  expect(memoryInUse() - before).toBeLessThan(48 * MIB)

  answer.resume()
  await sleep(100)
  answer.pause()
  const later = await standstill(() => sent)
  expect(later).toBeGreaterThan(stoppedAt)
  call.leave()
  const afterLeaving = await standstill(() => sent)
  expect(afterLeaving - later).toBeLessThan(MIB)
})

test('C1: a slow reader gets every byte in order', async () => {
  const deltas = Array.from({ length: 2000 }, (_, index) => bulk(index))
  const frames = [start(), BLOCK, ...deltas, STOP]
  upstream.answer(handmadeStream(frames))
  const answer = await post(gateway, STREAM).head
  for (let round = 0; round < 20; round++) {
    answer.pause()
    await sleep(10)
    answer.resume()
    await sleep(1)
  }
  await answer.ended
  expect(answer.body.equals(Buffer.concat(frames))).toBe(true)
})

test('C1: a frame without an end is given up before it fills the memory', async () => {
  async function* endless(): AsyncGenerator<Buffer> {
    yield start()
    yield BLOCK
    yield Buffer.from('event: content_block_delta\ndata: {"text":"')
    while (true) yield Buffer.alloc(MIB, 'x')
  }
  upstream.answer(streamOf(endless()))
  const answer = await post(gateway, STREAM).whole
  expect(answer.text).toMatch(/event: content_block_start\n.*\n\nevent: error\ndata: .*api_error.*\n\n$/)
  expect(answer.body.length).toBeLessThan(2000)
})

test('C6: a stream that never comes to content is given up before it fills the memory', async () => {
  async function* chatter(): AsyncGenerator<Buffer> {
    while (true) yield Buffer.from(`: ${'x'.repeat(100_000)}\n\n`)
  }
  upstream.answer(streamOf(chatter()))
  const answer = await post(gateway, STREAM).whole
  expect(answer.status).toBe(502)
})

test('C1: a compressed stream passes even where its decoded copy has a frame without an end, in flat memory', async () => {
  async function* bomb(): AsyncGenerator<Buffer> {
    yield start()
    yield BLOCK
    yield Buffer.from('event: content_block_delta\ndata: ')
    for (let mebibytes = 0; mebibytes < 160; mebibytes++) yield Buffer.alloc(MIB, 'x')
  }
  upstream.answer(compressed(streamOf(bomb()), 'gzip'))
  const before = memoryInUse()
  let peak = 0
  const watch = setInterval(() => {
    peak = Math.max(peak, memoryInUse() - before)
  }, 5)
  const answer = await post(gateway, STREAM).whole
  await rowOf(gateway, answer)
  clearInterval(watch)
  expect(answer.isComplete).toBe(true)
  expect(gunzipSync(answer.body).length).toBeGreaterThan(160 * MIB)
  expect(peak).toBeLessThan(100 * MIB)
})
