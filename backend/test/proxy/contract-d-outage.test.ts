/** Rule D6: when every origin fails to connect at once, the network here is down, and no channel is blamed for it. */
import { afterEach, expect, test } from 'vitest'
import { type FakeUpstream, startFakeUpstream } from '../support/fake-upstream/fake-upstream.ts'
import { moveClock } from '../support/movable-clock.ts'
import { startStand } from '../support/stand.ts'
import { Channels, type LaidChannel } from './channels-of.ts'

const clock = moveClock()
const stand = await startStand()
const channels = new Channels(stand)
const SECOND = 1000

/** Origins of their own, which can go down and come back on the same port. */
const origins = new Map<string, FakeUpstream>()
afterEach(async () => {
  for (const origin of origins.values()) await origin.close()
  origins.clear()
})

async function layOrigins(layout: Record<string, { origin: string } & LaidChannel>): Promise<void> {
  const laid: Record<string, LaidChannel> = {}
  for (const [name, { origin, ...fields }] of Object.entries(layout)) {
    const known = origins.get(origin) ?? (await startFakeUpstream())
    origins.set(origin, known)
    laid[name] = { ...fields, base_url: `${known.url}/${name}` }
  }
  await channels.lay(laid)
}

const down = (origin: string) => origins.get(origin)?.close()

async function up(origin: string): Promise<void> {
  const port = Number(new URL(origins.get(origin)?.url ?? '').port)
  origins.set(origin, await startFakeUpstream({ port }))
}

async function resultsOf(): Promise<string[]> {
  const { attempts } = await channels.explained(await channels.send())
  return attempts.map(({ channel_name, result }) => `${channel_name} ${result}`)
}

test('D6: with every origin down transitions freeze, however many requests fail, and the client is told', async () => {
  await layOrigins({ a: { origin: 'one', priority: 10 }, b: { origin: 'two', priority: 5 } })
  expect(await resultsOf()).toEqual(['a ok'])
  await down('one')
  await down('two')
  // The first to fail cannot know yet that it is not alone.
  expect(await resultsOf()).toEqual(['a unreachable', 'b local_outage'])
  const frozen = [await channels.healthOf('a'), await channels.healthOf('b')]
  for (let sent = 0; sent < 12; sent++) {
    const answer = await channels.send()
    expect(answer.status).toBe(502)
    expect(answer.text).toContain('the gateway’s own network seems down')
  }
  expect([await channels.healthOf('a'), await channels.healthOf('b')]).toEqual(frozen)
  expect(frozen[0]?.breaker).toMatchObject({ state: 'closed', consecutive_failures: 1 })
  expect(frozen[1]).toMatchObject({ state: 'active', cooldowns: [], timeline: [] })
})

test('D6: an outage lasts, however seldom anybody asks, and is over when one origin is reached', async () => {
  await layOrigins({ a: { origin: 'one', priority: 10 }, b: { origin: 'two', priority: 5 } })
  await down('one')
  await down('two')
  await channels.send()
  for (let sent = 0; sent < 6; sent++) {
    clock.skip(60 * SECOND)
    expect(await resultsOf()).toEqual(['a local_outage', 'b local_outage'])
  }
  await up('two')
  clock.skip(60 * SECOND)
  expect(await resultsOf()).toEqual(['a local_outage', 'b ok'])
  // From now on it is the first origin's own trouble.
  expect(await resultsOf()).toEqual(['a unreachable', 'b ok'])
  await up('one')
  clock.skip(11 * SECOND)
  expect(await resultsOf()).toEqual(['a ok'])
})

test('D6: an origin that is down while another is up is its own fault', async () => {
  await layOrigins({ a: { origin: 'one', priority: 10 }, b: { origin: 'two', priority: 5 } })
  await down('one')
  for (let sent = 0; sent < 5; sent++) {
    expect(await resultsOf()).toEqual(['a unreachable', 'b ok'])
    expect(await resultsOf()).toEqual(['b ok'])
    clock.skip(11 * SECOND)
  }
  expect((await channels.healthOf('a')).breaker.state).toBe('open')
})

/** Layouts with one origin that counts: it cannot be told from the network. */
const ONE_ORIGIN: readonly (readonly [string, Parameters<typeof layOrigins>[0]])[] = [
  ['one channel alone', { a: { origin: 'one' } }],
  ['two channels on one origin', { a: { origin: 'one', priority: 10 }, b: { origin: 'one', priority: 5 } }],
  ['a second origin that is switched off', { a: { origin: 'one' }, b: { origin: 'two', enabled: false } }],
]
for (const [what, layout] of ONE_ORIGIN) {
  test(`D6: with ${what} no outage is assumed`, async () => {
    await layOrigins(layout)
    await down('one')
    for (let sent = 0; sent < 5; sent++) await channels.send()
    expect((await channels.healthOf('a')).breaker.state).toBe('open')
  })
}
