/** Limits of keys without a gateway around them: who waits, who is let in, and that nothing stays held. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Admission, Refusal } from '../../src/runtime/key-limits.ts'
import { gatewayKeyOf } from '../support/gateway-key.ts'
import { admissionOf, NOW, openHouse, Presence, STAYS } from './house.ts'

const NOTHING = { tokens: 0, nanoUsd: 0 }
const CENT = 10_000_000

describe('requests at once', () => {
  test('who finds no room waits, and the first to come is the first to be let in', async () => {
    const key = gatewayKeyOf({ id: 1, maxConcurrency: 1 })
    const { limits } = openHouse([key])
    const first = admissionOf(await limits.admit(key, NOTHING, STAYS))
    const order: string[] = []
    const waiting = ['a', 'b', 'c'].map(async (name) => {
      const admission = admissionOf(await limits.admit(key, NOTHING, STAYS))
      order.push(name)
      return admission
    })
    expect(limits.useOf(1).in_flight).toBe(1)
    limits.release(first, 0)
    for (const admitted of waiting) limits.release(await admitted, 0)
    expect(order).toEqual(['a', 'b', 'c'])
    expect(limits.useOf(1).in_flight).toBe(0)
  })

  test('a client that goes leaves the line at once, and takes no place in it', async () => {
    const key = gatewayKeyOf({ id: 1, maxConcurrency: 1 })
    const { limits } = openHouse([key])
    const first = admissionOf(await limits.admit(key, NOTHING, STAYS))
    const leaving = new Presence()
    const gone = limits.admit(key, NOTHING, leaving)
    const patient = limits.admit(key, NOTHING, STAYS)
    leaving.leave()
    expect(await gone).toEqual({ kind: 'gone' })
    limits.release(first, 0)
    limits.release(admissionOf(await patient), 0)
    expect(limits.useOf(1).in_flight).toBe(0)
  })

  test('who has waited long enough is refused, and so is who finds the line full', async () => {
    const key = gatewayKeyOf({ id: 1, maxConcurrency: 1 })
    const { limits } = openHouse([key], [], { admissionWaitMs: 20, admissionsWaitingMax: 1 })
    const first = admissionOf(await limits.admit(key, NOTHING, STAYS))
    const waiting = limits.admit(key, NOTHING, STAYS)
    expect(await limits.admit(key, NOTHING, STAYS)).toEqual({ kind: 'busy' })
    expect(await waiting).toEqual({ kind: 'busy' })
    limits.release(first, 0)
    limits.release(admissionOf(await limits.admit(key, NOTHING, STAYS)), 0)
  })

  test('one key’s line holds up no other key', async () => {
    const [one, other] = [
      gatewayKeyOf({ id: 1, maxConcurrency: 1 }),
      gatewayKeyOf({ id: 2, maxConcurrency: 1 }),
    ]
    const { limits } = openHouse([one, other], [], { admissionWaitMs: 20 })
    await limits.admit(one, NOTHING, STAYS)
    const waiting = limits.admit(one, NOTHING, STAYS)
    expect(admissionOf(await limits.admit(other, NOTHING, STAYS)).keyId).toBe(2)
    await waiting
  })

  test('a key without limits is let in without a promise', () => {
    const key = gatewayKeyOf({ id: 1 })
    const { limits } = openHouse([key])
    expect(limits.enter(key)).toBeNull()
    expect(limits.setsAside(key)).toBe(false)
    expect(limits.admit(key, NOTHING, STAYS)).toMatchObject({ kind: 'admitted' })
  })
})

describe('rates', () => {
  test('a request over the rate is told the true wait, after which there is room', () => {
    const key = gatewayKeyOf({ id: 1, requestsPerMinute: 2 })
    const { limits, clock } = openHouse([key])
    expect(limits.enter(key)).toBeNull()
    clock.nowMs += 20_000
    expect(limits.enter(key)).toBeNull()
    expect(limits.enter(key)).toEqual({ kind: 'requests', limit: 2, waitMs: 40_000 })
    clock.nowMs += 40_000
    expect(limits.enter(key)).toBeNull()
  })

  test('tokens count as estimated while a request runs, and as used once it has ended', async () => {
    const key = gatewayKeyOf({ id: 1, tokensPerMinute: 1000 })
    const { limits, settle } = openHouse([key])
    const first = admissionOf(await limits.admit(key, { tokens: 1500, nanoUsd: 0 }, STAYS))
    expect(await limits.admit(key, { tokens: 1, nanoUsd: 0 }, STAYS)).toMatchObject({ kind: 'tokens' })
    settle(first, 0, 300)
    expect(limits.useOf(1).tokens_last_minute).toBe(300)
    expect(await limits.admit(key, { tokens: 1, nanoUsd: 0 }, STAYS)).toMatchObject({ kind: 'admitted' })
  })

  test('who waited for a place is refused where the tokens of the minute are used up by then', async () => {
    const key = gatewayKeyOf({ id: 1, tokensPerMinute: 1000, maxConcurrency: 1 })
    const { limits, settle } = openHouse([key])
    const first = admissionOf(await limits.admit(key, { tokens: 10, nanoUsd: 0 }, STAYS))
    const waiting = limits.admit(key, { tokens: 10, nanoUsd: 0 }, STAYS)
    settle(first, 0, 1000)
    expect(await waiting).toEqual({ kind: 'tokens', limit: 1000, waitMs: 60_000 })
    expect(limits.useOf(1).in_flight).toBe(0)
  })
})

describe('budgets', () => {
  const day = (limitNanoUsd: number) => [{ period: 'day' as const, limitNanoUsd }]

  test('what is set aside fills a budget only until it is settled', async () => {
    const key = gatewayKeyOf({ id: 1, budgets: day(10 * CENT) })
    const { limits, settle } = openHouse([key])
    const first = admissionOf(await limits.admit(key, { tokens: 0, nanoUsd: 10 * CENT }, STAYS))
    const second = limits.admit(key, { tokens: 0, nanoUsd: CENT }, STAYS)
    expect(second).toBeInstanceOf(Promise)
    settle(first, CENT)
    settle(admissionOf(await second), 9 * CENT)
    expect(limits.enter(key)).toMatchObject({ kind: 'exhausted', standing: { spentNanoUsd: 10 * CENT } })
  })

  test('who waits for money that is spent meanwhile is told so', async () => {
    const key = gatewayKeyOf({ id: 1, budgets: day(10 * CENT) })
    const { limits, settle } = openHouse([key])
    const first = admissionOf(await limits.admit(key, { tokens: 0, nanoUsd: 10 * CENT }, STAYS))
    const second = limits.admit(key, { tokens: 0, nanoUsd: CENT }, STAYS)
    settle(first, 11 * CENT)
    expect(await second).toMatchObject({ kind: 'exhausted' })
  })

  test('a new day begins with nothing spent; a request counts on the day on which it began', async () => {
    const key = gatewayKeyOf({ id: 1, budgets: day(10 * CENT) })
    const { limits, settle, clock } = openHouse([key])
    const spending = admissionOf(await limits.admit(key, NOTHING, STAYS))
    const overnight = admissionOf(await limits.admit(key, NOTHING, STAYS))
    settle(spending, 10 * CENT)
    expect(limits.enter(key)).toMatchObject({ kind: 'exhausted' })
    clock.nowMs = NOW + 12 * 3_600_000
    expect(limits.enter(key)).toBeNull()
    settle(overnight, 10 * CENT)
    expect(limits.enter(key)).toBeNull()
    expect(limits.useOf(1).budgets[0]).toMatchObject({ spent_usd: 0, resets_at_ms: NOW + 36 * 3_600_000 })
  })

  test('a budget of a tag counts for all of its keys, and for no other', async () => {
    const keys = [1, 2, 3].map((id) => gatewayKeyOf({ id, tags: id < 3 ? ['team'] : [] }))
    const stamps = { createdAtMs: 0, updatedAtMs: 0 }
    const budget = { id: 1, tag: 'team', period: 'month', limitNanoUsd: 2 * CENT, timeZone: 'UTC' } as const
    const { limits, settle } = openHouse(keys, [{ ...budget, ...stamps }])
    for (const key of keys) settle(admissionOf(await limits.admit(key, NOTHING, STAYS)), CENT)
    expect(keys.map((key) => limits.enter(key)?.kind ?? 'free')).toEqual(['exhausted', 'exhausted', 'free'])
    expect(limits.useOfTag({ ...budget, ...stamps })).toMatchObject({ tag: 'team', spent_usd: 0.02 })
  })

  test('a higher limit lets in who was kept out, and keeps what is spent', async () => {
    const key = gatewayKeyOf({ id: 1, budgets: day(CENT) })
    const { limits, settle } = openHouse([key])
    settle(admissionOf(await limits.admit(key, NOTHING, STAYS)), CENT)
    expect(limits.enter(key)).toMatchObject({ kind: 'exhausted' })
    limits.configure([{ ...key, budgets: day(2 * CENT) }], [])
    expect(limits.enter(key)).toBeNull()
    expect(limits.useOf(1).budgets).toMatchObject([{ spent_usd: 0.01, limit_usd: 0.02 }])
  })
})

describe('the ledger', () => {
  test('however readings, writings and failures of the database fall together, no request counts twice or is lost', async () => {
    const key = gatewayKeyOf({ id: 1, budgets: [{ period: 'total', limitNanoUsd: Number.MAX_SAFE_INTEGER }] })
    const { limits, settle, database, stored, close } = openHouse([key])
    let settled = 0
    const spent = () => Math.round((limits.useOf(1).budgets[0]?.spent_usd ?? 0) * 1e9)
    for (let round = 0; round < 60; round++) {
      database.slowMs = round % 7
      database.isDown = round % 5 === 4
      const reading = limits.refresh()
      for (let times = 0; times < 1 + (round % 3); times++) {
        settle(admissionOf(await limits.admit(key, NOTHING, STAYS)), round + 1)
        settled += round + 1
        expect(spent()).toBe(settled)
      }
      await reading
      expect(spent()).toBe(settled)
      await new Promise((resolve) => setTimeout(resolve, round % 4 === 0 ? 110 : 1))
      expect(spent()).toBe(settled)
    }
    database.isDown = false
    await close()
    await limits.refresh()
    expect(spent()).toBe(settled)
    expect(stored.reduce((sum, { costNanoUsd }) => sum + costNanoUsd, 0)).toBe(settled)
  }, 30_000)

  test('whatever is admitted, waited for, left and settled, in the end nothing is set aside or held', async () => {
    const step = fc.record({
      key: fc.nat(2),
      cost: fc.nat(5 * CENT),
      estimate: fc.nat(5 * CENT),
      act: fc.nat(5),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        const keys = [1, 2, 3].map((id) =>
          gatewayKeyOf({
            id,
            tags: ['team'],
            maxConcurrency: id,
            budgets: [{ period: 'day', limitNanoUsd: 9 * CENT }],
          }),
        )
        const tag = { id: 1, tag: 'team', period: 'week', limitNanoUsd: 20 * CENT, timeZone: 'UTC' } as const
        const { limits, settle, clock } = openHouse(keys, [{ ...tag, createdAtMs: 0, updatedAtMs: 0 }], {
          admissionWaitMs: 1,
          admissionsWaitingMax: 3,
        })
        const held: Admission[] = []
        const pending: Promise<unknown>[] = []
        const clients: Presence[] = []
        const take = (answer: Admission | Refusal) => {
          if (answer.kind === 'admitted') held.push(answer)
        }
        for (const { key: index, cost, estimate, act } of steps) {
          const key = keys[index]
          if (key === undefined) continue
          if (act <= 2) {
            const client = new Presence()
            clients.push(client)
            const answer = limits.admit(key, { tokens: estimate % 1000, nanoUsd: estimate }, client)
            if (answer instanceof Promise) pending.push(answer.then(take))
            else take(answer)
          } else if (act === 3) clients.pop()?.leave()
          else if (act === 4) clock.nowMs += cost
          else {
            const admission = held.shift()
            if (admission) settle(admission, cost)
          }
        }
        await Promise.all(pending)
        for (const admission of held) settle(admission, 0)
        for (const key of keys) {
          clock.nowMs += 40 * 86_400_000
          expect(limits.useOf(key.id)).toMatchObject({ in_flight: 0, tokens_last_minute: 0 })
          // One nano-dollar short of the budget, the least that were still set aside would keep the next one out.
          settle(admissionOf(await limits.admit(key, NOTHING, STAYS)), 9 * CENT - 1)
          settle(admissionOf(await limits.admit(key, NOTHING, STAYS)), 0)
        }
      }),
      { numRuns: 60 },
    )
  }, 30_000)
})
