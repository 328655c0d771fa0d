/** The loads that are put on a contender: as fast as it goes, at a steady rate, and streams that take their time. */
import { setTimeout as sleep } from 'node:timers/promises'
import { eachSentAt } from './answers.ts'
import { Connection } from './connection.ts'

export interface Target {
  readonly port: number
  /** The whole request, head included. */
  readonly request: Buffer
}

export interface Measured {
  readonly answers: number
  readonly failures: number
  readonly seconds: number
  /** Milliseconds: of an answer, or of an event on its way. */
  readonly times: Float64Array
}

/** So many connections, each asking again as soon as it is answered. */
export async function closedLoop(target: Target, connections: number, ms: number): Promise<Measured> {
  const times: number[] = []
  let failures = 0
  const startedAt = performance.now()
  const until = startedAt + ms
  await Promise.all(
    Array.from({ length: connections }, async () => {
      let connection = new Connection(target.port)
      while (performance.now() < until) {
        const askedAt = performance.now()
        const heard = await connection.ask(target.request)
        if (heard.isGood) times.push(performance.now() - askedAt)
        else {
          failures++
          connection.socket.destroy()
          connection = new Connection(target.port)
          await sleep(5)
        }
      }
      connection.socket.destroy()
    }),
  )
  return measured(times, failures, startedAt)
}

/** So many requests a second, whatever becomes of those before. */
export async function openLoop(target: Target, perSecond: number, ms: number): Promise<Measured> {
  const times: number[] = []
  const idle: Connection[] = []
  let failures = 0
  const startedAt = performance.now()
  const under: Promise<void>[] = []
  for (let count = 0; (count * 1000) / perSecond < ms; count++) {
    const dueAt = startedAt + (count * 1000) / perSecond
    const wait = dueAt - performance.now()
    if (wait > 0) await sleep(wait)
    // From now on, not from when it was due: a timer that wakes up late is the load's own doing.
    const askedAt = performance.now()
    under.push(
      (async () => {
        const connection = idle.pop() ?? new Connection(target.port)
        const heard = await connection.ask(target.request)
        if (heard.isGood) times.push(performance.now() - askedAt)
        else failures++
        if (heard.isGood) idle.push(connection)
      })(),
    )
  }
  await Promise.all(under)
  for (const connection of idle) connection.socket.destroy()
  return measured(times, failures, startedAt)
}

/** What is told when that begins which is to be measured, and when it ends. */
export interface Meter {
  begin(): void
  end(): void
}

/** Over which the streams begin. */
const OPENING_MS = 2000
/** How long they all run before anything counts. */
const SETTLING_MS = 1000

/**
 * So many streams at once, of `lengthMs` each; measures how long each event was under way. The request says how many
 * events and how often. Only what is sent while all of them run counts: that a thousand begin within a moment, which
 * takes the processor whole, is another question, and `bursts` answers it.
 */
export async function pacedStreams(
  target: Target,
  { streams, lengthMs }: { streams: number; lengthMs: number },
  meter: Meter,
): Promise<Measured> {
  const times: number[] = []
  let failures = 0
  const startedAt = performance.timeOrigin + performance.now()
  const from = startedAt + OPENING_MS + SETTLING_MS
  const until = startedAt + lengthMs
  const running = Array.from({ length: streams }, async (_, index) => {
    await sleep((index * OPENING_MS) / streams)
    const connection = new Connection(target.port)
    connection.onData = (chunk) => {
      const now = performance.timeOrigin + performance.now()
      eachSentAt(chunk, (sentAt) => {
        if (sentAt >= from && sentAt < until) times.push(now - sentAt)
      })
    }
    const heard = await connection.ask(target.request)
    if (!heard.isGood) failures++
    connection.socket.destroy()
  })
  setTimeout(() => meter.begin(), OPENING_MS + SETTLING_MS)
  setTimeout(() => meter.end(), lengthMs)
  await Promise.all(running)
  return { ...measured(times, failures, 0), seconds: (until - from) / 1000 }
}

function measured(times: number[], failures: number, startedAt: number): Measured {
  const seconds = (performance.now() - startedAt) / 1000
  return { answers: times.length, failures, seconds, times: Float64Array.from(times).sort() }
}

/** @param share from 0 to 1. */
export function quantile(sorted: ArrayLike<number>, share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

export function median(values: readonly number[]): number {
  return quantile(
    [...values].sort((one, other) => one - other),
    0.5,
  )
}
