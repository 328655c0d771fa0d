import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { admission, type Breaker, CLOSED, failed, leaseProbe, returnProbe, succeeded } from './breaker.ts'

const NOW = Date.UTC(2026, 10, 22, 12)
const OPEN_MS = 30_000

/** As an attempt that begins and ends in the breaker's present epoch. */
const fail = (breaker: Breaker, atMs: number): Breaker => failed(breaker, breaker.epoch, atMs)
const succeed = (breaker: Breaker, atMs: number): Breaker => succeeded(breaker, breaker.epoch, atMs)
const failTimes = (times: number, breaker: Breaker = CLOSED, atMs = NOW): Breaker =>
  Array.from({ length: times }).reduce<Breaker>((state) => fail(state, atMs), breaker)

const tripped = (): Breaker => failTimes(5)
/** Open, waited for, and with its one probe out. */
const probed = (atMs = NOW + OPEN_MS): Breaker => leaseProbe(tripped(), atMs)

describe('D6: when a breaker opens', () => {
  test('five failures in a row open it for 30 s', () => {
    expect(failTimes(4)).toMatchObject({ state: 'closed', consecutive: 4 })
    expect(tripped()).toMatchObject({ state: 'open', sinceMs: NOW, untilMs: NOW + OPEN_MS, openMs: OPEN_MS })
  })

  test('a success in between begins the row anew', () => {
    const recovered = succeed(failTimes(4), NOW)
    expect(failTimes(4, recovered)).toMatchObject({ state: 'closed', consecutive: 4 })
    expect(failTimes(5, recovered).state).toBe('open')
  })

  /** Failures and successes in turn, so that no row of five ever forms. */
  const alternating = (pairs: number, everyMs: number): Breaker => {
    let breaker: Breaker = CLOSED
    for (let index = 0; index < pairs; index++) {
      const atMs = NOW + index * everyMs
      breaker = fail(succeed(breaker, atMs), atMs)
    }
    return breaker
  }

  test('half of at least twenty within a minute open it', () => {
    expect(alternating(9, 1000).state).toBe('closed')
    expect(alternating(10, 1000).state).toBe('open')
  })

  test('what is older than a minute counts no more', () => {
    expect(alternating(100, 7000).state).toBe('closed')
  })

  test('fewer than half of many leave it closed', () => {
    let breaker: Breaker = CLOSED
    for (let index = 0; index < 200; index++) {
      breaker = index % 5 < 2 ? fail(breaker, NOW + index * 100) : succeed(breaker, NOW + index * 100)
    }
    expect(breaker.state).toBe('closed')
  })
})

describe('D6: how a breaker comes back', () => {
  test('it admits nobody while it is open, and one probe from then on', () => {
    expect(admission(tripped(), NOW + OPEN_MS - 1)).toBe('refused')
    expect(admission(tripped(), NOW + OPEN_MS)).toBe('probe')
    expect(admission(probed(), NOW + OPEN_MS)).toBe('refused')
  })

  test('two successful probes close it, one after the other', () => {
    const once = succeed(probed(), NOW + OPEN_MS)
    expect(once).toMatchObject({ state: 'half_open', successes: 1 })
    expect(admission(once, NOW + OPEN_MS)).toBe('probe')
    const twice = succeed(leaseProbe(once, NOW + OPEN_MS), NOW + OPEN_MS)
    expect(twice).toMatchObject({ state: 'closed', consecutive: 0, slices: [] })
    expect(admission(twice, NOW + OPEN_MS)).toBe('free')
  })

  test('each failed probe doubles the time it stays open, up to ten minutes', () => {
    let breaker = tripped()
    const times: number[] = []
    for (let atMs = NOW; times.length < 7; ) {
      if (breaker.state !== 'open') throw new Error(`it is ${breaker.state}`)
      times.push(breaker.openMs / 1000)
      atMs = breaker.untilMs
      breaker = fail(leaseProbe(breaker, atMs), atMs)
    }
    expect(times).toEqual([30, 60, 120, 240, 480, 600, 600])
  })

  test('after it has closed, the next trip begins at 30 s again', () => {
    const reopened = fail(probed(), NOW + OPEN_MS)
    const atMs = NOW + 90_000
    const closed = succeed(leaseProbe(succeed(leaseProbe(reopened, atMs), atMs), atMs), atMs)
    expect(failTimes(5, closed, atMs)).toMatchObject({ state: 'open', openMs: OPEN_MS })
  })

  test('a probe that told nothing is given back, and the next may go', () => {
    const returned = returnProbe(probed(), probed().epoch)
    expect(returned).toMatchObject({ state: 'half_open', successes: 0 })
    expect(admission(returned, NOW + OPEN_MS)).toBe('probe')
  })
})

describe('D6: late results', () => {
  test.each([
    ['open', tripped()],
    ['half-open', probed()],
  ])('of attempts from before the trip change nothing while it is %s', (_, breaker) => {
    expect(failed(breaker, CLOSED.epoch, NOW + OPEN_MS)).toBe(breaker)
    expect(succeeded(breaker, CLOSED.epoch, NOW + OPEN_MS)).toBe(breaker)
    expect(returnProbe(breaker, CLOSED.epoch)).toBe(breaker)
  })

  test('of attempts from before a trip do not count once it has closed again', () => {
    const closed = succeed(leaseProbe(succeed(probed(), NOW), NOW), NOW)
    expect(closed.state).toBe('closed')
    expect(failed(closed, CLOSED.epoch, NOW)).toBe(closed)
  })
})

type Step = {
  readonly kind: 'begin' | 'succeed' | 'fail' | 'leave'
  readonly pick: number
  readonly afterMs: number
}
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({
    kind: fc.constantFrom('begin', 'begin', 'succeed', 'fail', 'fail', 'leave'),
    pick: fc.nat(1000),
    afterMs: fc.oneof(fc.nat(2000), fc.nat(120_000)),
  }),
  { maxLength: 300 },
)

describe('D6: whatever comes in whatever order', () => {
  test('at most one probe is out, an open breaker keeps its time, and a breaker left alone lets somebody in', () => {
    fc.assert(
      fc.property(steps, (all) => {
        let breaker: Breaker = CLOSED
        let nowMs = NOW
        const underWay: { epoch: number; isProbe: boolean }[] = []
        const probesOut = () =>
          underWay.filter(({ isProbe, epoch }) => isProbe && epoch === breaker.epoch).length
        for (const { kind, pick, afterMs } of all) {
          nowMs += afterMs
          const before: Breaker = breaker
          if (kind === 'begin') {
            const admitted = admission(breaker, nowMs)
            if (admitted === 'refused') continue
            if (admitted === 'probe') breaker = leaseProbe(breaker, nowMs)
            underWay.push({ epoch: breaker.epoch, isProbe: admitted === 'probe' })
          } else {
            const [attempt] = underWay.splice(pick % Math.max(1, underWay.length), 1)
            if (!attempt) continue
            if (kind === 'succeed') breaker = succeeded(breaker, attempt.epoch, nowMs)
            else if (kind === 'fail') breaker = failed(breaker, attempt.epoch, nowMs)
            else if (attempt.isProbe) breaker = returnProbe(breaker, attempt.epoch)
            if (attempt.epoch !== before.epoch) expect(breaker).toBe(before)
          }
          expect(probesOut()).toBeLessThanOrEqual(1)
          if (breaker.state === 'half_open') expect(breaker.isLeased).toBe(probesOut() === 1)
          if (breaker.state === 'open') expect(breaker.openMs).toBeLessThanOrEqual(600_000)
          if (breaker.state === 'closed') expect(breaker.slices.length).toBeLessThanOrEqual(12)
          if (before.state === 'open' && before !== breaker)
            expect(nowMs).toBeGreaterThanOrEqual(before.untilMs)
          expect(breaker.epoch - before.epoch).toBe(
            breaker.state === 'open' && before.state !== 'open' ? 1 : 0,
          )
        }
        if (probesOut() === 0) expect(admission(breaker, nowMs + 600_000)).not.toBe('refused')
      }),
    )
  })
})
