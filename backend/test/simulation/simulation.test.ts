import { expect, test } from 'vitest'
import { runScenario } from './scenario.ts'

/** `SIMULATION_SEED=123 npm test -- backend/test/simulation` runs that scenario alone, and tells what happens in it. */
const ONLY_SEED = process.env['SIMULATION_SEED']
/** `SIMULATION_SCENARIOS=100000` runs more of them. */
const SCENARIOS = Number(process.env['SIMULATION_SCENARIOS'] ?? 3000)
const FIRST_SEED = 1
const TOLD_LINES = 25

/** What the scenarios must come upon, together. */
const REACHED = [
  'answered',
  'refused',
  'timed_refusal',
  'left',
  'fine',
  'limited',
  'overloaded',
  'credential_refused',
  'out_of_credit',
  'model_missing',
  'failed',
  'timed_out',
  'unreachable',
  'local_outage',
  'request_fault',
  'client_gone',
  'trip',
  'probe',
  'late',
  'soft',
  'warm',
  'spill_over',
  'crash',
  'network_down',
  'edit',
  'clear',
  'pause',
  'restart',
]

/** Runs a scenario; one in which a law breaks is run again to be told. */
function assertLaws(seed: number, seen: Record<string, number>): void {
  try {
    runScenario(seed, seen)
  } catch (cause) {
    throw new Error(`SIMULATION_SEED=${seed} replays this. ${String(cause)}\n${story(seed)}`, { cause })
  }
}

/** The last of what happens in a scenario. */
function story(seed: number): string {
  const trace: string[] = []
  try {
    runScenario(seed, {}, trace)
  } catch {
    // It is told up to here.
  }
  return trace.slice(-TOLD_LINES).join('\n')
}

function replay(seed: number): void {
  const trace: string[] = []
  try {
    runScenario(seed, {}, trace)
  } finally {
    process.stdout.write(`${trace.join('\n')}\n`)
  }
}

function assertAllLaws(): void {
  const seen: Record<string, number> = {}
  for (let seed = FIRST_SEED; seed < FIRST_SEED + SCENARIOS; seed++) assertLaws(seed, seen)
  // What hardly ever happened was hardly tested.
  const rare = REACHED.filter((event) => (seen[event] ?? 0) < SCENARIOS / 20)
  expect(rare, JSON.stringify(seen)).toEqual([])
}

if (ONLY_SEED !== undefined) {
  test(`the laws of routing hold in scenario ${ONLY_SEED}`, () => replay(Number(ONLY_SEED)))
} else {
  const timeout = 60_000 + 20 * SCENARIOS
  test(`the laws of routing hold in ${SCENARIOS} scenarios`, { timeout }, assertAllLaws)
}

test('one seed is one scenario, whenever it is run', () => {
  expect(story(7)).toBe(story(7))
  expect(story(7)).not.toBe(story(8))
})
