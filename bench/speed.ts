/** `npm run bench`: how much of a bare proxy's speed the gateway keeps, with everything switched on. */
import { startField } from './speed/contenders.ts'
import { pinLoad } from './speed/processes.ts'
import { type Figure, writeReport } from './speed/report.ts'
import { type Result, runRounds } from './speed/rounds.ts'
import { SCENARIOS } from './speed/scenarios.ts'
import { failoverMs, growthUnderSlowReader } from './speed/single-figures.ts'

const isQuick = process.argv.includes('--quick')
const only = process.argv.find((argument) => argument.startsWith('--only='))?.slice('--only='.length)
const scenarios = SCENARIOS.filter(({ name, quick }) => (only ? name.includes(only) : quick || !isQuick))
const rounds = isQuick ? 3 : 7
const ms = isQuick ? 1000 : 2500

const isPinned = pinLoad()
const field = await startField()
try {
  const results = await runRounds(field, { scenarios, rounds, ms })
  const figures = only ? [] : await singleFigures(results)
  console.log(writeReport({ results, figures, rounds, isPinned }))
} finally {
  await field.close()
}

async function singleFigures(results: readonly Result[]): Promise<Figure[]> {
  const { gateway, contenders } = field
  const upstreamUrl = `http://127.0.0.1:${contenders.find(({ name }) => name === 'direct')?.port}`
  const growth = await growthUnderSlowReader(gateway, isQuick ? 2000 : 10_000)
  const failover = await failoverMs(gateway, upstreamUrl, isQuick ? 60 : 300)
  return [
    ...addedDelay(results),
    { name: 'a slow reader of an endless stream: growth', value: growth, unit: 'MB', most: 2 },
    { name: 'failover, first channel refused: added p50', value: failover, unit: 'ms', most: 1 },
    { name: 'start to first answer', value: gateway.firstAnswerMs / 1000, unit: 's', most: 1 },
    { name: 'idle memory', value: gateway.idleMb, unit: 'MB', most: 120 },
  ]
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
