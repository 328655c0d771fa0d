/** `npm run bench`: how much of a bare proxy's speed the gateway keeps, with everything switched on. */
import { hasNginx, startField } from './speed/contenders.ts'
import { pinLoad } from './speed/processes.ts'
import { type Figure, writeReport } from './speed/report.ts'
import { type Result, runRounds } from './speed/rounds.ts'
import { SCENARIOS } from './speed/scenarios.ts'
import { failoverMs, growthUnderSlowReader } from './speed/single-figures.ts'
import { statisticsMeanwhile } from './speed/statistics-meanwhile.ts'

const isQuick = process.argv.includes('--quick')
const only = process.argv.find((argument) => argument.startsWith('--only='))?.slice('--only='.length)
const scenarios = SCENARIOS.filter(({ name, quick }) => (only ? name.includes(only) : quick || !isQuick))
const rounds = isQuick ? 3 : 7
const ms = isQuick ? 700 : 2500

const isPinned = pinLoad()
const field = await startField({ withNginx: !isQuick })
try {
  const results = await runRounds(field, { scenarios, rounds, ms })
  const figures = await singleFigures(results)
  console.log(writeReport({ results, figures, rounds, isPinned, hasNginx: hasNginx() }))
} finally {
  await field.close()
}

/** Which of them are asked for; in a quick run without the house of a million requests, which takes minutes. */
async function singleFigures(results: readonly Result[]): Promise<Figure[]> {
  const isWanted = (name: string) => only === undefined || name.includes(only)
  const { gateway, upstreamUrl } = field
  const figures: Figure[] = addedDelay(results)
  const take = async (figure: Omit<Figure, 'value'>, measure: () => Promise<number> | number) => {
    if (isWanted(figure.name)) figures.push({ ...figure, value: await measure() })
  }
  await take({ name: 'a slow reader of an endless stream: growth', unit: 'MB', most: 2 }, () =>
    growthUnderSlowReader(gateway, isQuick ? 2000 : 10_000),
  )
  await take({ name: 'failover, first channel refused: added p50', unit: 'ms', most: 1 }, () =>
    failoverMs(gateway, upstreamUrl, isQuick ? 60 : 300),
  )
  await take({ name: 'start to first answer', unit: 's', most: 1 }, () => gateway.firstAnswerMs / 1000)
  await take({ name: 'idle memory', unit: 'MB', most: 120 }, () => field.idleMb)
  if (!isQuick) {
    const name = 'statistics over a million requests asked meanwhile, 200 requests a second: added p99'
    await take({ name, unit: 'ms', most: 2 }, async () => {
      const { p99WithMs, p99WithoutMs } = await statisticsMeanwhile(upstreamUrl, { rounds, ms: 2 * ms })
      return p99WithMs - p99WithoutMs
    })
  }
  return figures
}

/** What the gateway adds over asking directly, and over the bare proxy. */
function addedDelay(results: readonly Result[]): Figure[] {
  return results
    .filter(({ scenario }) => scenario.kind !== 'rate')
    .flatMap(({ scenario, rows }) => {
      const [direct, bare, gateway] = ['direct', 'bare', 'gateway'].map((name) =>
        rows.find(({ contender }) => contender === name),
      )
      if (!direct || !bare || !gateway) return []
      const isStreams = scenario.kind === 'streams'
      return [
        isStreams
          ? { name: `${scenario.name}: added p99`, value: gateway.p99Ms - direct.p99Ms, unit: 'ms', most: 5 }
          : {
              name: `${scenario.name}: added p50`,
              value: gateway.p50Ms - direct.p50Ms,
              unit: 'ms',
              most: 0.35,
            },
        isStreams
          ? { name: `${scenario.name}: memory`, value: gateway.residentMb, unit: 'MB', most: 220 }
          : {
              name: `${scenario.name}: p99 over the bare proxy's`,
              value: gateway.p99Ms - bare.p99Ms,
              unit: 'ms',
              most: 1,
            },
        ...(isStreams
          ? [
              {
                name: `${scenario.name}: CPU over the bare proxy's`,
                value: gateway.cpuMicros / bare.cpuMicros,
                unit: '×',
                most: 1.2,
              },
            ]
          : []),
      ]
    })
}
