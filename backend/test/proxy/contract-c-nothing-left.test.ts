/** Rules C8 and D9: whatever clients and upstreams do, each request is written down once, and nothing is left behind. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { Script } from '../support/fake-upstream/answer.ts'
import { apiError } from '../support/fake-upstream/errors.ts'
import { type FakeUpstream, startFakeUpstream } from '../support/fake-upstream/fake-upstream.ts'
import { endlessMessage, handmadeStream, message } from '../support/fake-upstream/messages.ts'
import { hangUp, htmlPage, silence } from '../support/fake-upstream/odd-answers.ts'
import { brokenOff, compressed } from '../support/fake-upstream/rewriting.ts'
import { cutAt, paced, resetAt, silentAfter, slowFirstByte } from '../support/fake-upstream/timing.ts'
import { type GatewayOptions, messageFor, startGateway, type TestGateway } from '../support/gateway.ts'
import { BLOCK, start } from './frames.ts'
import { post } from './live-client.ts'
import { allRows } from './row-of.ts'

const BEHAVIOURS: readonly Script[] = [
  message(),
  paced(message({ content: 'word '.repeat(40) }), 2),
  compressed(paced(message(), 2), 'gzip'),
  silence(),
  slowFirstByte(message(), 15),
  silentAfter(message(), 300),
  silentAfter(handmadeStream([start(), BLOCK]), 20),
  cutAt(message(), 500),
  resetAt(message(), 700),
  brokenOff(message(), 1),
  brokenOff(message(), 4),
  endlessMessage(),
  hangUp(),
  htmlPage(200),
  apiError('overloaded'),
]

interface Pair {
  readonly gateway: TestGateway
  readonly upstreams: readonly FakeUpstream[]
}

/** Two channels on upstreams that behave differently with every request. */
async function withPair(options: GatewayOptions, use: (pair: Pair) => Promise<void>): Promise<void> {
  const gateway = await startGateway(options)
  const upstreams = [await startFakeUpstream(), await startFakeUpstream()]
  for (const upstream of upstreams) await gateway.addChannel({ base_url: upstream.url })
  try {
    await use({ gateway, upstreams })
  } finally {
    await gateway.close()
    for (const upstream of upstreams) await upstream.close()
  }
}

/** Pseudo-random, so that a failure comes again. */
function* dice(seed: number): Generator<number, never> {
  for (let state = seed; ; ) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    yield state / 2 ** 32
  }
}

/** Runs a storm of clients that leave at any moment. @returns how many there were. */
async function storm({ gateway, upstreams }: Pair, seed: number): Promise<number> {
  const roll = dice(seed)
  const pick = () => BEHAVIOURS[Math.floor(roll.next().value * BEHAVIOURS.length)] ?? message()
  for (const upstream of upstreams) upstream.answer(pick)
  const clients = Array.from({ length: 120 }, async (_, index) => {
    const stayMs = roll.next().value * 60
    const isReading = roll.next().value < 0.8
    await sleep(index * 3)
    const call = post(gateway, messageFor('claude-sonnet-5', { stream: roll.next().value < 0.8 }))
    if (!isReading) call.head.then((answer) => answer.pause()).catch(() => undefined)
    await sleep(stayMs)
    call.leave()
  })
  await Promise.all(clients)
  return clients.length
}

test('C8, D9: each of many clients that leave at any moment is written down once', async () => {
  await withPair({ limits: { pingMs: 5, idleMs: 40, settleMs: 10, firstByteMs: 30 } }, async (pair) => {
    const count = await storm(pair, 7)
    const rows = await allRows(pair.gateway, count)
    expect(new Set(rows.map(({ request_id }) => request_id)).size).toBe(count)
    expect(pair.gateway.events.filter(({ level }) => level === 'error')).toEqual([])
    // All upstreams have been left as well.
    for (const { requests } of pair.upstreams) await Promise.all(requests.map(({ ended }) => ended))
    await sleep(200)
    expect(await allRows(pair.gateway, count)).toHaveLength(count)
  })
})

test('D9: after that the gateway stops at once, and leaves no timer or socket behind', async () => {
  const before = countedResources()
  let closedInMs = Number.POSITIVE_INFINITY
  await withPair(
    { config: { drainMs: 15_000 }, limits: { pingMs: 5000, settleMs: 30_000 } },
    async (pair) => {
      const count = await storm(pair, 11)
      await allRows(pair.gateway, count)
      const startedAt = performance.now()
      await pair.gateway.close()
      closedInMs = performance.now() - startedAt
    },
  )
  expect(closedInMs).toBeLessThan(5000)
  await expect.poll(() => more(countedResources(), before), { timeout: 10_000 }).toEqual([])
})

test('D9: a stop waits for a stream under way, then cuts it off and writes it down', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'gateway-stop-'))
  await withPair({ config: { dataDir, drainMs: 300 } }, async ({ gateway, upstreams }) => {
    for (const upstream of upstreams) upstream.answer(endlessMessage())
    const answer = await post(gateway, messageFor('claude-sonnet-5', { stream: true })).head
    await answer.until('content_block_delta')
    const startedAt = performance.now()
    await gateway.close()
    const stoppedInMs = performance.now() - startedAt
    expect(stoppedInMs).toBeGreaterThanOrEqual(290)
    expect(stoppedInMs).toBeLessThan(5000)
    await answer.ended
    expect(answer.isComplete).toBe(false)
    expect(gateway.events.map(({ event }) => event)).toContain('calls were cut off by the stop')
  })
  await withPair({ config: { dataDir } }, async ({ gateway }) => {
    const rows = await allRows(gateway, 1)
    expect(rows).toHaveLength(1)
    expect(rows[0]?.usage.output_tokens).toBeGreaterThan(0)
  })
  await rm(dataDir, { recursive: true })
})

/** What keeps the process alive, by kind. */
function countedResources(): Map<string, number> {
  const counts = new Map<string, number>()
  for (const kind of process.getActiveResourcesInfo()) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  return counts
}

function more(now: Map<string, number>, before: Map<string, number>): string[] {
  return [...now].filter(([kind, count]) => count > (before.get(kind) ?? 0)).map(([kind]) => kind)
}
