/** What must hold of every planned route, of every turn, and of every refusal. Laws of contract rules D1, D3, D4 and D8. */
import type { Candidate, LeftOutReason, Route } from '../../src/domain/route.ts'
import type { Refusal } from '../../src/domain/route-refusal.ts'
import { type Eligibility, eligibility } from './eligibility.ts'
import type { House } from './house.ts'
import { hold } from './law.ts'

/** The route has exactly those who may be asked, best first. */
export function assertRoute(house: House, model: string, route: Route): void {
  const { candidates, leftOut } = route
  const { channels } = house.snapshot
  hold(
    'every channel is on the route or left out',
    candidates.length + leftOut.length === channels.length,
    () => route,
  )
  for (const channel of channels) {
    house.health.assertNoLostProbe(channel.id)
    const candidate = candidates.find((one) => one.channel.id === channel.id)
    const expected = eligibilityNow(house, channel.id, model)
    const planned = plannedAs(candidate)
    hold('who may be asked is a candidate, and comes last only for a reason', planned === expected, () => ({
      channel,
      expected,
      planned,
      health: house.health.healthOf(channel.id),
      nowMs: house.nowMs,
    }))
    if (house.hasSoftWait(channel.id, candidate?.upstreamModel ?? '')) {
      house.count('soft')
      hold('a soft cooldown only orders last', candidate?.last !== null, () => ({ channel, candidate }))
    }
  }
  for (const [index, candidate] of candidates.entries()) {
    const next = candidates[index + 1]
    if (next)
      hold('D1: last, then priority, then warmth', isBefore(candidate, next), () => ({ candidate, next }))
  }
}

function eligibilityNow(house: House, channelId: number, model: string, atMs = house.nowMs): Eligibility {
  const { snapshot, health } = house
  const channel = snapshot.channels.find(({ id }) => id === channelId)
  if (!channel) return 'out'
  const { maxConcurrency, maxRequestsPerMinute } = channel
  const isBusy = maxConcurrency !== null && health.inFlight(channelId) >= maxConcurrency
  // How often it was asked within a minute is counted by its own tests.
  const isRated = maxRequestsPerMinute !== null && health.isFull(channel)
  const sight = { health: health.healthOf(channelId), isFull: isBusy || isRated, nowMs: atMs }
  return eligibility(snapshot, channel, model, sight)
}

function plannedAs(candidate: Candidate | undefined): Eligibility {
  if (!candidate) return 'out'
  return candidate.last === null ? 'first' : 'last'
}

function isBefore(a: Candidate, b: Candidate): boolean {
  if ((a.last === null) !== (b.last === null)) return a.last === null
  if (a.channel.priority !== b.channel.priority) return a.channel.priority > b.channel.priority
  return a.isWarm || !b.isWarm
}

/** The best of those not tried comes next; nobody comes twice. @param tried in their order, this one not included. */
export function assertTurn(route: Route, candidate: Candidate, tried: readonly number[]): void {
  const { id } = candidate.channel
  hold('no channel is asked twice in one request', !tried.includes(id), () => ({ id, tried }))
  const left = route.candidates.filter(({ channel }) => channel.id !== id && !tried.includes(channel.id))
  hold(
    'D1: descending priority among those eligible',
    left.every((other) => isBefore(candidate, other)),
    () => ({
      candidate,
      left,
    }),
  )
}

/** The time that a refused client is told is true: somebody may be asked by then. When a probe ends, nobody knows. */
export function assertRefusal(house: House, model: string, route: Route, refusal: Refusal): void {
  hold('only who has no candidate is refused', route.candidates.length === 0, () => route)
  const { retryAfterSeconds } = refusal
  if (retryAfterSeconds === null || house.snapshot.channels.some(({ id }) => isProbed(house, id))) return
  house.count('timed_refusal')
  const thenMs = house.nowMs + retryAfterSeconds * 1000
  const isEligible = (atMs: number) =>
    house.snapshot.channels.some(({ id }) => eligibilityNow(house, id, model, atMs) !== 'out')
  hold('D3: a client that waits as told finds a channel', isEligible(thenMs), () => ({ refusal, route }))
  // What only the operator can mend is not waited for, though it ends too.
  if (route.leftOut.some(({ reason }) => LASTING.has(reason))) return
  hold('D3: no client is told to wait longer than it must', !isEligible(thenMs - 1001), () => ({
    refusal,
    route,
  }))
}

/** D8: where the warm channel may be asked and none of a larger priority may, it is asked first. */
export function assertWarmFirst(
  house: House,
  model: string,
  route: Route,
  warmChannelId: number | null,
): void {
  const warm = route.candidates.find(({ channel }) => channel.id === warmChannelId)
  const [first] = route.candidates
  if (!warm || !first || eligibilityNow(house, warm.channel.id, model) !== 'first') return
  house.count('warm')
  const isOutranked = first.channel.priority > warm.channel.priority
  hold('D8: a session stays with its healthy channel', isOutranked || first === warm, () => ({ first, warm }))
}

const LASTING: ReadonlySet<LeftOutReason> = new Set([
  'credential_refused',
  'out_of_credit',
  'paused',
  'model_missing',
])

function isProbed(house: House, channelId: number): boolean {
  const { breaker } = house.health.healthOf(channelId)
  return breaker.state === 'half_open' && breaker.isLeased
}
