/**
 * Two hundred requests a second over three channels of which one dies and comes back, over and over: no client notices,
 * every request is in the log, and nothing is left taken. A minute long with `LOAD_TEST=full`, some seconds without.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { ChannelHealthView } from '@claude-gateway/contract/channel-health.ts'
import type { RequestLogView } from '@claude-gateway/contract/request-log.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type FakeUpstream, startFakeUpstream } from '../support/fake-upstream/fake-upstream.ts'
import { message } from '../support/fake-upstream/messages.ts'
import { slowFirstByte } from '../support/fake-upstream/timing.ts'
import { startGateway, type TestGateway } from '../support/gateway.ts'
import { type Arrival, steadyLoad } from './steady-load.ts'

const IS_FULL = process.env['LOAD_TEST'] === 'full'
const [SECONDS, CYCLE_MS] = IS_FULL ? [60, 10_000] : [12, 3000]
const DEATHS = (SECONDS * 1000) / CYCLE_MS
const PER_SECOND = 200
const NAMES = ['dying', 'steady', 'other'] as const

const running: { gateway?: TestGateway } = {}
const upstreams = new Map<string, FakeUpstream>()
const ids = new Map<string, number>()

/** Long enough that a death meets requests under way; a stream's frames come together, so that it is not cut in two. */
const answer = slowFirstByte(message({ content: 'word '.repeat(60) }), 40)

beforeAll(async () => {
  const gateway = await startGateway()
  running.gateway = gateway
  for (const name of NAMES) {
    const upstream = await startFakeUpstream({ record: false, script: answer })
    upstreams.set(name, upstream)
    ids.set(name, await gateway.addChannel({ name, base_url: upstream.url }))
  }
})
afterAll(async () => {
  await running.gateway?.close()
  for (const upstream of upstreams.values()) await upstream.close()
})

/**
 * Kills the upstream for half of every cycle: its connections break, and new ones are refused. An operator clears the
 * channel when it is back, so that each death meets it under load; it would rest for ten seconds, or thirty.
 */
async function dieAndComeBack(times: number): Promise<void> {
  const port = Number(new URL(upstreams.get('dying')?.url ?? '').port)
  for (let deaths = 0; deaths < times; deaths++) {
    await sleep(CYCLE_MS / 4)
    await upstreams.get('dying')?.close()
    await sleep(CYCLE_MS / 2)
    upstreams.set('dying', await startFakeUpstream({ port, record: false, script: answer }))
    await gatewayOf().admin('PUT', `/api/channels/${ids.get('dying')}/clear`)
    await sleep(CYCLE_MS / 4)
  }
}

/** The whole log, page by page, when so many requests are in it. */
async function wholeLog(gateway: TestGateway, count: number): Promise<RequestLogView[]> {
  type Page = { data: RequestLogView[]; next_cursor: string | null }
  const deadline = performance.now() + 10_000
  while (true) {
    const rows: RequestLogView[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const path: string = `/api/stats/logs?limit=500${cursor && `&cursor=${cursor}`}`
      const page: Page = await gateway.admin<Page>('GET', path)
      rows.push(...page.data)
      cursor = page.next_cursor
    }
    if (rows.length >= count || performance.now() > deadline) return rows
    await sleep(100)
  }
}

const gatewayOf = (): TestGateway => {
  if (running.gateway === undefined) throw new Error('no gateway')
  return running.gateway
}

const healthOf = (name: string) =>
  gatewayOf().admin<ChannelHealthView>('GET', `/api/channels/${ids.get(name)}/health`)

test(`${PER_SECOND} requests a second for ${SECONDS} s, while one of three channels dies every ${CYCLE_MS / 1000} s`, {
  timeout: SECONDS * 1000 + 60_000,
}, async () => {
  const gateway = gatewayOf()
  const dying = dieAndComeBack(DEATHS)
  const arrivals = await steadyLoad(gateway, { perSecond: PER_SECOND, seconds: SECONDS })
  await dying

  expect(arrivals.filter(({ status, isWhole }) => status !== 200 || !isWhole)).toEqual([])

  const rows = await wholeLog(gateway, arrivals.length)
  expect(rows).toHaveLength(PER_SECOND * SECONDS)
  expect(new Set(rows.map(({ request_id }) => request_id))).toEqual(
    new Set(arrivals.map(({ requestId }) => requestId)),
  )
  expect(rows.filter(({ outcome }) => outcome !== 'completed')).toEqual([])

  for (const name of NAMES) expect((await healthOf(name)).requests_in_flight).toBe(0)
  for (const name of NAMES.slice(1))
    expect(await healthOf(name)).toMatchObject({ state: 'active', timeline: [] })
  const failovers = rows.filter(({ attempts }) => attempts.length > 1)
  expect(failovers.length).toBeGreaterThanOrEqual(DEATHS)
  // It is there for half of the time, and then takes its third of the sessions.
  const answered = rows.filter(({ channel_name }) => channel_name === 'dying').length
  expect(answered).toBeGreaterThan(rows.length / 12)
  expect(failovers.every(({ attempts }) => attempts[0]?.channel_name === 'dying')).toBe(true)
  if (IS_FULL) printFigures({ arrivals, rows })
})

interface Figures {
  readonly arrivals: readonly Arrival[]
  readonly rows: readonly RequestLogView[]
}

function printFigures({ arrivals, rows }: Figures): void {
  const durations = arrivals.map(({ durationMs }) => durationMs).toSorted((a, b) => a - b)
  const percentile = (share: number) => Math.round(durations[Math.floor(durations.length * share)] ?? 0)
  const counts = (names: readonly string[]) =>
    Object.fromEntries([...Map.groupBy(names, (name) => name)].map(([name, all]) => [name, all.length]))
  const percentiles = {
    p50Ms: percentile(0.5),
    p99Ms: percentile(0.99),
    worstMs: Math.round(durations.at(-1) ?? 0),
  }
  const figures = {
    requests: rows.length,
    answeredBy: counts(rows.map(({ channel_name }) => channel_name ?? '')),
    attempts: counts(rows.flatMap(({ attempts }) => attempts.map(({ result }) => result))),
    ...percentiles,
  }
  process.stdout.write(`${JSON.stringify(figures)}\n`)
}
