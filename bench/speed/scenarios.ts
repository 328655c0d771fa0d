/** The scenarios: which request, how many at once, and what the gateway is held to. */
import { closedLoop, type Measured, type Meter, openLoop, pacedStreams, type Target } from './load.ts'
import { MAPPED_MODEL, type Wanted } from './requests.ts'

export interface Scenario {
  readonly name: string
  readonly wanted: Wanted
  /** `rate`: answers a second count; `delay`: how long an answer or event takes; `streams`: that, and memory. */
  readonly kind: 'rate' | 'delay' | 'streams'
  readonly run: (target: Target, ms: number, meter: Meter) => Promise<Measured>
  /** Part of the quick run. */
  readonly quick: boolean
  /** The least the gateway's rate may be of the bare proxy's. */
  readonly target?: number
}

const PACED_EVENTS = 120
const EVERY_MS = 50

const loop =
  (connections: number) =>
  (target: Target, ms: number): Promise<Measured> =>
    closedLoop(target, connections, ms)

const small: Wanted = { answer: 'small', bodyBytes: 600 }

export const SCENARIOS: readonly Scenario[] = [
  // First, in fresh processes: memory that another scenario took is not given back, and would be told as that of streams.
  {
    name: '1,000 streams, an event every 50 ms',
    wanted: { answer: 'paced', bodyBytes: 600, events: PACED_EVENTS, everyMs: EVERY_MS },
    kind: 'streams',
    run: (target, _ms, meter) =>
      pacedStreams(target, { streams: 1000, lengthMs: PACED_EVENTS * EVERY_MS }, meter),
    quick: false,
  },
  { name: 'small JSON, 1 connection', wanted: small, kind: 'rate', run: loop(1), quick: false },
  { name: 'small JSON, 16 connections', wanted: small, kind: 'rate', run: loop(16), quick: false },
  {
    name: 'small JSON, 64 connections',
    wanted: small,
    kind: 'rate',
    run: loop(64),
    quick: true,
    target: 0.9,
  },
  { name: 'small JSON, 256 connections', wanted: small, kind: 'rate', run: loop(256), quick: false },
  {
    name: '120 KB body with a mapping, 56 events, 16 connections',
    wanted: { answer: 'burst', bodyBytes: 120_000, model: MAPPED_MODEL },
    kind: 'rate',
    run: loop(16),
    quick: true,
    target: 0.75,
  },
  {
    name: '1 MB body with a mapping, 8 connections',
    wanted: { answer: 'small', bodyBytes: 1_000_000, model: MAPPED_MODEL },
    kind: 'rate',
    run: loop(8),
    quick: true,
    target: 0.55,
  },
  {
    name: 'bursts of 56 events, 64 connections',
    wanted: { answer: 'burst', bodyBytes: 600 },
    kind: 'rate',
    run: loop(64),
    quick: true,
    target: 1.3,
  },
  {
    name: '200 requests a second',
    wanted: small,
    kind: 'delay',
    run: (target, ms) => openLoop(target, 200, ms),
    quick: true,
  },
]
