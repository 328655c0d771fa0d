/** Remembers by itself where each session is warm, and who may move it. Laws of contract rule D8. */
import type { Route } from '../../src/domain/route.ts'
import { hold } from './law.ts'

interface Bound {
  readonly channelId: number
  readonly untilMs: number
}

/** What became of a request that was answered. */
export interface Answered {
  readonly sessionKey: string
  readonly channelId: number
  readonly warmMs: number
  readonly nowMs: number
  readonly route: Route
  /** The channels that were asked before, and failed. */
  readonly failed: readonly number[]
  /** Where the session was warm when its request was planned. */
  readonly warmChannelId: number | null
}

export class SessionWitness {
  readonly #bound = new Map<string, Bound>()

  warmChannel(sessionKey: string, nowMs: number): number | null {
    const bound = this.#bound.get(sessionKey)
    return bound && bound.untilMs > nowMs ? bound.channelId : null
  }

  /** @param isWarm where the gateway has the session now, after the answer. */
  answered(answer: Answered, warmNow: number | null): void {
    const { sessionKey, channelId, warmMs, nowMs } = answer
    const before = this.warmChannel(sessionKey, nowMs)
    const isHeld = this.#isSpillOver(answer)
    const expected = isHeld ? before : channelId
    hold('D8: a session is warm where it was answered, but for a spill-over', warmNow === expected, () => ({
      ...answer,
      before,
      warmNow,
    }))
    const hasMoved = answer.warmChannelId !== null && answer.warmChannelId === before && warmNow !== before
    if (hasMoved)
      hold('D8: no session moves while its channel is healthy', this.#mayLeave(answer), () => answer)
    if (!isHeld) this.#bound.set(sessionKey, { channelId, untilMs: nowMs + warmMs })
  }

  /** For want of room another channel answered than the warm one, or one that has none itself. */
  #isSpillOver({ route, warmChannelId, channelId }: Answered): boolean {
    if (channelId === warmChannelId) return false
    const full = route.candidates.filter(({ last }) => last === 'full').map(({ channel }) => channel.id)
    return full.includes(channelId) || (warmChannelId !== null && full.includes(warmChannelId))
  }

  /** Its warm channel failed it, could not be asked, was to be spared, or stands below the one that answered. */
  #mayLeave({ route, warmChannelId, channelId, failed }: Answered): boolean {
    const warm = route.candidates.find(({ channel }) => channel.id === warmChannelId)
    const better = route.candidates.find(({ channel }) => channel.id === channelId)
    if (!warm || warm.last !== null || failed.includes(warm.channel.id)) return true
    return better !== undefined && better.channel.priority > warm.channel.priority
  }
}
