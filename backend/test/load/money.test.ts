/**
 * The money of thousands of mixed requests: streams and plain answers, cached, failing over (5 %), left by their client
 * (5 %), through a gateway that is killed and restarted twice. The upstreams' own bill, the log, the sums of the log and
 * `GET /api/stats` agree to the nano-dollar. 100,000 requests with `LOAD_TEST=full`, some thousand without.
 *
 * What a kill may lose is decided by the clients' clocks alone, never by looking at what is missing: a request that had
 * ended `PROMISED_MS` before its gateway was killed must be in the log; only one that ended later, or never, may be
 * absent, and its bill is then left out. So a row that was lost at any other time shows as a difference.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { StatsTotals } from '@claude-gateway/contract/stats.ts'
import { expect, test } from 'vitest'
import { SPANS } from '../../src/store/usage-tables.ts'
import {
  addChannelAndKey,
  askAdmin,
  type GatewayProcess,
  startGatewayProcess,
} from '../lifecycle/gateway-process.ts'
import { freshFolder } from '../support/engines.ts'
import { startFakeUpstream } from '../support/fake-upstream/fake-upstream.ts'
import { Ledger, priceOf } from './money-bill.ts'
import { type Address, type Sent, startMoneyLoad } from './money-clients.ts'
import { type LoggedRequest, readMoneyLog } from './money-log.ts'
import { firstChannel, LEFT, LEFT_USAGE, secondChannel, upstreamModelOf } from './money-traffic.ts'

const IS_FULL = process.env['LOAD_TEST'] === 'full'
/** At least so many. */
const COUNT = IS_FULL ? 100_000 : 3_000
const LIVES = 3
/** A gateway lives at least so long, so that most of what it answers is promised, however fast the machine. */
const LIFE_MS = 4000
const CLIENTS = 24
/** As in the lifecycle tests: what ended this long before a kill is promised to be in the log. */
const PROMISED_MS = 1000
const HOUR_MS = 3_600_000
/** All but those by tag, in which a request stands once for each of its tags. */
const GRAINS = ['all', 'channel', 'model', 'key', 'full']

const upstreams = [
  await startFakeUpstream({ script: firstChannel }),
  await startFakeUpstream({ script: secondChannel }),
] as const
const environment = { DATA_DIR: await freshFolder(), LOG_MAX_SIZE: '0' }

async function firstStart(): Promise<{ gateway: GatewayProcess; key: string }> {
  const gateway = await startGatewayProcess(environment)
  const key = await addChannelAndKey(gateway, upstreams[1].url)
  const first = {
    name: 'first',
    base_url: upstreams[0].url,
    api_key: 'sk-ant-api03-first-secret',
    priority: 10,
  }
  await askAdmin(gateway, 'POST /api/channels', first)
  const mapping = { display_model: 'team-model', upstream_model: 'claude-haiku-4-5' }
  await askAdmin(gateway, 'POST /api/mappings', mapping)
  return { gateway, key }
}

/** Kills the gateway under its load, brings it back, and tells its clients where it is. */
async function killAndRestart(dying: GatewayProcess, address: Address) {
  const { key, life } = await address.current
  const back = Promise.withResolvers<GatewayProcess>()
  address.current = back.promise.then(({ url }) => ({ url, key, life: life + 1 }))
  dying.process.signal('SIGKILL')
  const killedAtMs = Date.now()
  await dying.process.ended
  back.resolve(startGatewayProcess(environment))
  return { killedAtMs, gateway: await back.promise }
}

const stop = async ({ process }: GatewayProcess): Promise<void> => {
  process.signal('SIGTERM')
  expect(await process.ended).toEqual({ code: 0, signal: null })
}

/** The whole load, with its kills. @returns what the clients saw, and what is in the file and the statistics after. */
async function run(ledger: Ledger) {
  const startedAtMs = Date.now()
  const { gateway: first, key } = await firstStart()
  let gateway = first
  const address: Address = { current: Promise.resolve({ url: gateway.url, key, life: 0 }) }
  const load = startMoneyLoad(address, CLIENTS)
  const kills: number[] = []
  for (let life = 1; ; life++) {
    const isOldAt = Date.now() + LIFE_MS
    while (load.sent.length < (COUNT * life) / LIVES || Date.now() < isOldAt) await sleep(20)
    if (life === LIVES) break
    const { killedAtMs, gateway: next } = await killAndRestart(gateway, address)
    kills.push(killedAtMs)
    gateway = next
  }
  await load.stop()
  const seconds = (Date.now() - startedAtMs) / 1000
  // A stop writes what is left; the statistics are asked of a gateway that has only the file.
  await stop(gateway)
  await ledger.close()
  gateway = await startGatewayProcess(environment)
  const range = `from=${startedAtMs - HOUR_MS}&to=${Date.now() + HOUR_MS}`
  const { totals } = await askAdmin<{ totals: StatsTotals }>(gateway, `GET /api/stats?${range}`)
  await stop(gateway)
  return { sent: load.sent, kills, seconds, totals, ...readMoneyLog(environment.DATA_DIR) }
}

/** What a left request may cost: the floor for what its client had read at least, for what was sent to it at most. */
function estimateOf({ plan, characters }: Sent, sentCharacters: number) {
  if (LEFT[plan.way % LEFT.length]?.afterCharacters === null) return { least: 0, most: 0 }
  const floorOf = (written: number) =>
    priceOf(upstreamModelOf(plan), { ...LEFT_USAGE, output_tokens: Math.max(2, Math.ceil(written / 4)) })
  return { least: floorOf(characters), most: floorOf(sentCharacters) }
}

const sumOf = <T>(all: readonly T[], amountOf: (one: T) => number): number =>
  all.reduce((sum, one) => sum + amountOf(one), 0)

test(`the bill, the log and its sums agree over ${COUNT} requests and more, and two kills`, {
  timeout: 60_000 + COUNT * 30,
}, async () => {
  const ledger = new Ledger(...upstreams)
  const { sent, kills, seconds, totals, rows, sums, sumsOfSums } = await run(ledger)
  const sentByNumber = new Map(sent.map((one) => [one.plan.number, one]))
  const rowsByNumber = Map.groupBy(rows, ({ number }) => number)
  const isAtRisk = ({ life, endedAtMs }: Sent) => endedAtMs > (kills[life] ?? Infinity) - PROMISED_MS
  const atRisk = sent.filter(isAtRisk)
  // A client that waits for no answer may be gone before its request is read; the upstreams know whether it was.
  const isUnread = ({ plan, status }: Sent) =>
    plan.fate === 'leave' && status === null && !ledger.sentCharacters.has(plan.number)
  const promised = sent.filter((one) => !isAtRisk(one) && !isUnread(one))
  const lost = atRisk.filter(({ plan }) => !rowsByNumber.has(plan.number))

  // What was promised was answered, and stands in the log once; what was not, at most once; nothing else does.
  expect(sentByNumber.size).toBe(sent.length)
  expect(promised.length).toBeGreaterThan(sent.length / 2)
  const failed = promised.filter(
    ({ plan, status, isWhole }) => plan.fate !== 'leave' && !(status === 200 && isWhole),
  )
  expect(failed).toEqual([])
  expect(promised.filter(({ plan }) => rowsByNumber.get(plan.number)?.length !== 1)).toEqual([])
  expect(
    rows.filter(({ number }) => !sentByNumber.has(number) || rowsByNumber.get(number)?.length !== 1),
  ).toEqual([])

  // Each row costs what the upstreams billed for it, its failed attempts included.
  const left = rows.filter(({ number }) => sentByNumber.get(number)?.plan.fate === 'leave')
  const answered = rows.filter(({ number }) => sentByNumber.get(number)?.plan.fate !== 'leave')
  const charged = (row: LoggedRequest) => [row.outcome, row.costNanoUsd, row.failoverNanoUsd, row.isEstimated]
  const billed = ({ number }: LoggedRequest) => {
    const { total, failed } = ledger.billed.get(number) ?? { total: 0, failed: 0 }
    return ['completed', total, failed, false]
  }
  expect(answered.filter((row) => String(charged(row)) !== String(billed(row))).map(charged)).toEqual([])

  // To the nano-dollar: all that the upstreams billed, less what a kill took before it was promised.
  const lostBill = sumOf(lost, ({ plan }) => ledger.billed.get(plan.number)?.total ?? 0)
  expect(sumOf(answered, ({ costNanoUsd }) => costNanoUsd)).toBe(ledger.total - lostBill)

  // Whoever left is charged between what was read and what was sent, and told that it is an estimate.
  const outside = left.filter((row) => {
    const one = sentByNumber.get(row.number) as Sent
    const { least, most } = estimateOf(one, ledger.sentCharacters.get(row.number) ?? 0)
    const isWithin = row.costNanoUsd >= least && row.costNanoUsd <= most && row.isEstimated === most > 0
    return row.outcome !== 'client_gone' || !isWithin
  })
  expect(outside).toEqual([])

  // Every kind of sum is the sum of the log: by hour, day and month, in all and by channel, model and key.
  expect(sums).toMatchObject({
    requests: rows.length,
    costNanoUsd: sumOf(rows, ({ costNanoUsd }) => costNanoUsd),
  })
  const kinds = SPANS.flatMap((span) => GRAINS.map((grain) => `${span} ${grain}`))
  expect(sumsOfSums).toEqual(Object.fromEntries(kinds.map((kind) => [kind, sums])))
  expect(totals).toMatchObject({
    requests: rows.length,
    completed: answered.length,
    client_gone: left.length,
    cost_nano_usd: sums.costNanoUsd,
    failover_cost_nano_usd: sums.failoverNanoUsd,
    estimated_cost_nano_usd: sumOf(left, ({ costNanoUsd }) => costNanoUsd),
  })

  // It was the load that is spoken of.
  const failedOver = answered.filter(({ attempts }) => attempts > 1)
  expect(left.length).toBeGreaterThan(sent.length * 0.04)
  expect(failedOver.length).toBeGreaterThan(sent.length * 0.04)
  const figures = {
    ...{ requests: sent.length, seconds, logged: rows.length, atRisk: atRisk.length, lost: lost.length },
    ...{ unread: sent.filter(isUnread).length },
    ...{ left: left.length, failedOver: failedOver.length },
    ...{ billedNanoUsd: ledger.total, lostNanoUsd: lostBill, loggedNanoUsd: sums.costNanoUsd },
    ...{ failedAttemptsNanoUsd: sums.failoverNanoUsd, estimatedNanoUsd: totals.estimated_cost_nano_usd },
  }
  if (IS_FULL) process.stdout.write(`${JSON.stringify(figures)}\n`)
  await Promise.all(upstreams.map((upstream) => upstream.close()))
})
