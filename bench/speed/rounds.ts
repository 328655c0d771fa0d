/** Runs every scenario on every contender in turn, round after round: neighbours in time are compared, not strangers. */
import type { Contender, Field } from './contenders.ts'
import { type Meter, median, quantile } from './load.ts'
import { contenderProcessorMs, type Running } from './processes.ts'
import { requestBytes } from './requests.ts'
import type { Scenario } from './scenarios.ts'

interface Sample {
  readonly perSecond: number
  readonly failures: number
  readonly p50Ms: number
  readonly p99Ms: number
  /** Processor time of the contender an answer, microseconds; NaN for the upstream itself. */
  readonly cpuMicros: number
  readonly residentMb: number
  /** How busy the load and the upstream were, which share a processor: from 0 to 1 of it. */
  readonly loadBusy: number
  /** What others on the machine took of the contender's processor, from 0 to 1; NaN where it has none of its own. */
  readonly othersShare: number
}

/** Medians over the rounds. */
export type Row = Sample & { readonly contender: string; readonly spread: number }

export interface Result {
  readonly scenario: Scenario
  readonly rows: readonly Row[]
}

export interface Plan {
  readonly scenarios: readonly Scenario[]
  readonly rounds: number
  readonly ms: number
}

export async function runRounds(field: Field, { scenarios, rounds, ms }: Plan): Promise<Result[]> {
  const results: Result[] = []
  for (const scenario of scenarios) {
    const samples = new Map(field.contenders.map((contender) => [contender, [] as Sample[]]))
    for (const contender of field.contenders)
      await sample(field, contender, scenario, warmUpMs(scenario, rounds))
    for (let round = 0; round < rounds; round++) {
      // The order turns, so that nobody always comes behind the same neighbour.
      const order = [...field.contenders.slice(round % 2), ...field.contenders.slice(0, round % 2)]
      for (const contender of order)
        samples.get(contender)?.push(await sample(field, contender, scenario, ms))
    }
    const rows = [...samples].map(([{ name }, taken]) => summed(name, taken))
    results.push({ scenario, rows })
    console.error(
      `  ${scenario.name}: ${rows.map((row) => `${row.contender} ${inWords(scenario, row)}`).join(', ')}`,
    )
  }
  return results
}

/** From so many rounds on it is no quick look, and every contender is heard only once its code is compiled at its best. */
const ROUNDS_OF_A_FULL_RUN = 5
/** Some 50,000 requests: with that many the gateway's own code, several times the bare proxy's, gets no faster any more. */
const FULL_WARM_UP_MS = 15_000
const QUICK_WARM_UP_MS = 800

function warmUpMs({ kind }: Scenario, rounds: number): number {
  if (kind !== 'rate') return QUICK_WARM_UP_MS
  return rounds >= ROUNDS_OF_A_FULL_RUN ? FULL_WARM_UP_MS : QUICK_WARM_UP_MS
}

async function sample(field: Field, contender: Contender, scenario: Scenario, ms: number): Promise<Sample> {
  const target = { port: contender.port, request: requestBytes(contender.key, scenario.wanted) }
  const watch = new Watch(contender.process, field.upstream)
  const { answers, failures, seconds, times } = await scenario.run(target, ms, watch)
  watch.end()
  return {
    perSecond: answers / seconds,
    failures,
    p50Ms: quantile(times, 0.5),
    p99Ms: quantile(times, 0.99),
    cpuMicros: (watch.cpuMs * 1000) / answers,
    residentMb: watch.residentMb,
    loadBusy: watch.loadBusy,
    othersShare: watch.othersShare,
  }
}

/** Looks at the processes when what is measured begins and ends: by itself around a scenario, unless that says more. */
class Watch implements Meter {
  readonly #contender: Running | null
  readonly #upstream: Running
  #before: Moment
  #hasEnded = false
  cpuMs = Number.NaN
  loadBusy = Number.NaN
  othersShare = Number.NaN
  residentMb = Number.NaN

  constructor(contender: Running | null, upstream: Running) {
    this.#contender = contender
    this.#upstream = upstream
    this.#before = this.#now()
  }

  begin(): void {
    this.#before = this.#now()
  }

  end(): void {
    if (this.#hasEnded) return
    this.#hasEnded = true
    const before = this.#before
    const now = this.#now()
    const elapsedMs = now.atMs - before.atMs
    this.cpuMs = this.#contender ? now.contenderMs - before.contenderMs : Number.NaN
    this.loadBusy = (now.loadMs - before.loadMs) / elapsedMs
    this.othersShare = (now.othersMs - before.othersMs) / elapsedMs
    this.residentMb = this.#contender?.residentMb() ?? Number.NaN
  }

  #now(): Moment {
    const contenderMs = this.#contender?.cpuMs() ?? 0
    const own = process.cpuUsage()
    return {
      atMs: performance.now(),
      contenderMs,
      loadMs: this.#upstream.cpuMs() + (own.user + own.system) / 1000,
      othersMs: contenderProcessorMs() - contenderMs,
    }
  }
}

/** Processor times so far, milliseconds. */
interface Moment {
  readonly atMs: number
  readonly contenderMs: number
  readonly loadMs: number
  readonly othersMs: number
}

function summed(contender: string, samples: readonly Sample[]): Row {
  const of = (read: (one: Sample) => number) => median(samples.map(read))
  const rates = samples.map(({ perSecond }) => perSecond)
  return {
    contender,
    perSecond: of((one) => one.perSecond),
    failures: samples.reduce((sum, { failures }) => sum + failures, 0),
    p50Ms: of((one) => one.p50Ms),
    p99Ms: of((one) => one.p99Ms),
    cpuMicros: of((one) => one.cpuMicros),
    residentMb: of((one) => one.residentMb),
    loadBusy: of((one) => one.loadBusy),
    othersShare: of((one) => one.othersShare),
    spread: (Math.max(...rates) - Math.min(...rates)) / median(rates),
  }
}

const inWords = ({ kind }: Scenario, row: Row): string =>
  kind === 'rate' ? `${row.perSecond.toFixed(0)}/s` : `${row.p50Ms.toFixed(2)} ms`
