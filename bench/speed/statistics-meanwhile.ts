/** What requests feel of statistics that somebody asks for at the same time, in a house of a million requests. */
import { ADMIN_TOKEN, furnishHouse, type GatewayUnderTest, type House, startGateway } from './gateway.ts'
import { closedLoop, openLoop, quantile } from './load.ts'
import { DAYS, fillSums, multiplyLog, UNTIL_MS } from './million-rows.ts'
import { Running } from './processes.ts'
import { requestBytes } from './requests.ts'

export interface StatisticsMeanwhile {
  /** Milliseconds. */
  readonly p99WithoutMs: number
  readonly p99WithMs: number
  /** How long the questions took while requests came: seconds for all of them. */
  readonly allAnsweredIn: string
}

const PER_SECOND = 200

export async function statisticsMeanwhile(
  upstreamUrl: string,
  { rounds, ms }: { rounds: number; ms: number },
): Promise<StatisticsMeanwhile> {
  const house = await furnishHouse(upstreamUrl)
  try {
    await fill(house)
    const gateway = await startGateway(house)
    try {
      return await measure(gateway, { rounds, ms })
    } finally {
      await gateway.process.stop()
    }
  } finally {
    house.remove()
  }
}

const targetOf = ({ port, key }: GatewayUnderTest) => ({
  port,
  request: requestBytes(key, { answer: 'small', bodyBytes: 600 }),
})

async function fill(house: House): Promise<void> {
  await fillSums(house.dataDir)
  const gateway = await startGateway(house)
  // The log of three months is to stay.
  await gateway.admin('PUT', '/api/settings', { log_retention_days: 0, log_max_megabytes: 0 })
  const { answers } = await openLoop(targetOf(gateway), PER_SECOND, 5000)
  await gateway.process.stop()
  if (answers === 0) throw new Error('the gateway answered nothing')
  multiplyLog(house.dataDir)
}

/** Rounds with and without in turn, all times of a kind together: a p99 of few requests would be the chance of one. */
async function measure(
  gateway: GatewayUnderTest,
  { rounds, ms }: { rounds: number; ms: number },
): Promise<StatisticsMeanwhile> {
  const target = targetOf(gateway)
  await closedLoop(target, 16, ms)
  const without: number[] = []
  const withAsker: number[] = []
  let allAnsweredIn = '–'
  for (let round = 0; round < rounds; round++) {
    without.push(...(await openLoop(target, PER_SECOND, ms)).times)
    const asker = new Running('the asker', [
      process.execPath,
      ASKER,
      `http://127.0.0.1:${gateway.port}`,
      ADMIN_TOKEN,
      ...QUESTIONS,
    ])
    // The first time around everything is read from the disk, and the reports' thread starts.
    allAnsweredIn = await asker.printed(/answered all in (.*)\n/)
    withAsker.push(...(await openLoop(target, PER_SECOND, ms)).times)
    await asker.stop()
  }
  const p99 = (times: number[]) =>
    quantile(
      times.sort((one, other) => one - other),
      0.99,
    )
  return { p99WithoutMs: p99(without), p99WithMs: p99(withAsker), allAnsweredIn }
}

const ASKER = new URL('asker.ts', import.meta.url).pathname
const RANGE = `from=${UNTIL_MS - DAYS * 86_400_000}&to=${UNTIL_MS}`

/** What the heavier pages of the console ask. */
const QUESTIONS = [
  `/api/stats?${RANGE}&interval=day&group_by=model&time_zone=Europe/Berlin`,
  `/api/stats?${RANGE}&group_by=key&limit=1000&compare=true`,
  `/api/stats?${RANGE}&interval=hour`,
  `/api/stats?${RANGE}&interval=day&key_id=7&group_by=model`,
  `/api/stats?${RANGE}&channel_id=7&group_by=key`,
  `/api/stats?${RANGE}&interval=week&model=claude-model-7&group_by=channel`,
  `/api/stats?${RANGE}&interval=day&group_by=tag`,
  `/api/stats/logs?limit=100&model=claude-model-7&outcome=failed`,
  `/api/stats/logs?limit=100&channel_id=7&min_duration_ms=1000000`,
]
