/** One request's life as the pipeline leads it: plan, try in turn, relay, settle; each step at its virtual time. */
import { bindsSession } from '../../src/domain/affinity.ts'
import type { AttemptLease } from '../../src/domain/channel-health.ts'
import { type Decision, decisionOf } from '../../src/domain/decision.ts'
import { judgeAnswer, type Verdict, verdict } from '../../src/domain/outcome.ts'
import type { Candidate, Route } from '../../src/domain/route.ts'
import { refusalFor } from '../../src/domain/route-refusal.ts'
import { nextTurn, type Turn, type TurnEnd } from '../../src/domain/turn.ts'
import { currentRoute } from '../../src/runtime/current-route.ts'
import { DEFAULT_LIMITS } from '../../src/runtime/gateway.ts'
import type { House } from './house.ts'
import { hold } from './law.ts'
import { assertRefusal, assertRoute, assertTurn, assertWarmFirst } from './route-laws.ts'
import type { Answer } from './upstream.ts'

export interface Ask {
  readonly name: string
  readonly sessionKey: string
  readonly model: string
  readonly endpoint: 'messages' | 'count_tokens'
  readonly isStream: boolean
  readonly isFaulty: boolean
  /** When its client goes away; Infinity where it stays. */
  readonly leavesAfterMs: number
  readonly warmMs: number
}

type End = 'answered' | 'failed' | 'refused' | 'left'

export class SimulatedRequest {
  readonly ask: Ask
  readonly #house: House
  readonly #health: House['health']
  readonly #generation: number
  readonly #startedAtMs: number
  readonly #ends: TurnEnd[] = []
  readonly #tried: number[] = []
  #route: Route = { candidates: [], leftOut: [] }
  #decision: Decision = decisionOf(this.#route, null, null)
  /** When the trying went on last: the next channel is asked at that very moment. */
  #idleSinceMs: number
  readonly #onEnd: (end: End, channelId: number | null) => void

  constructor(house: House, ask: Ask, onEnd: (end: End, channelId: number | null) => void = () => undefined) {
    this.ask = ask
    this.#house = house
    this.#health = house.health
    this.#generation = house.generation
    this.#startedAtMs = house.nowMs
    this.#idleSinceMs = house.nowMs
    this.#onEnd = onEnd
  }

  start(): void {
    const { sessions, witness, snapshot, nowMs } = this.#house
    const { sessionKey, model, name } = this.ask
    const warmChannelId = sessions.warmChannel(sessionKey, nowMs)
    hold(
      'D8: a session is warm where it was bound',
      warmChannelId === witness.warmChannel(sessionKey, nowMs),
      () => [sessionKey, warmChannelId],
    )
    const request = { model, seed: sessionKey, warmChannelId }
    this.#route = currentRoute({ snapshot: { current: snapshot }, health: this.#health }, request)
    this.#decision = decisionOf(this.#route, 'header', warmChannelId)
    this.#house.life.tell(() => `request ${name} for ${model}: ${JSON.stringify(this.#decision)}`)
    assertRoute(this.#house, model, this.#route)
    assertWarmFirst(this.#house, model, this.#route, warmChannelId)
    const refusal = refusalFor(this.#route, model, nowMs)
    if (refusal) {
      assertRefusal(this.#house, model, this.#route, refusal)
      this.#end('refused')
    } else this.#takeTurn()
  }

  #takeTurn(): void {
    const turn = nextTurn(this.#route, this.#ends, DEFAULT_LIMITS.attemptsMax)
    const timeMs = turn ? this.#attemptTimeMs(turn) : 0
    if (this.#staysMs() === 0) this.#end('left')
    else if (turn === null || timeMs <= 0) this.#end('failed')
    else this.#ask(turn, timeMs)
  }

  #ask({ candidate }: Turn, timeMs: number): void {
    const mustStop = this.#ends.some(
      (end) => end === 'request_fault' || end === 'client_gone' || end === 'fine',
    )
    hold('D2: the client’s fault goes back at once', !mustStop, () => this.#ends)
    assertTurn(this.#route, candidate, this.#tried)
    this.#tried.push(candidate.channel.id)
    const lease = this.#lease(candidate)
    if (lease === null) {
      this.#ends.push('passed_over')
      this.#takeTurn()
      return
    }
    hold(
      'D3: nobody waits before a different channel',
      this.#idleSinceMs === this.#house.nowMs,
      () => this.ask,
    )
    this.#attempt(candidate, lease, timeMs)
  }

  /** Counting tokens takes no slot and no probe. */
  #lease({ channel, upstreamModel }: Candidate): AttemptLease | null {
    if (this.ask.endpoint === 'messages') return this.#health.begin(channel, upstreamModel)
    return { channelId: channel.id, upstreamModel, epoch: 0, isProbe: false, startedAtMs: this.#house.nowMs }
  }

  /** As `attemptTimeMs` of the proxy. */
  #attemptTimeMs({ candidate, isLast }: Turn): number {
    const { isStream } = this.ask
    const deadlineMs = isStream ? DEFAULT_LIMITS.firstContentMs : DEFAULT_LIMITS.plainAnswerMs
    const leftMs = deadlineMs - (this.#house.nowMs - this.#startedAtMs)
    const { firstByteTimeoutMs } = candidate.channel
    if (firstByteTimeoutMs !== null) return Math.min(leftMs, firstByteTimeoutMs)
    return isLast || !isStream ? leftMs : Math.min(leftMs, DEFAULT_LIMITS.firstByteMs)
  }

  #attempt(candidate: Candidate, lease: AttemptLease, timeMs: number): void {
    const { life, nowMs, isWellAgain } = this.#house
    const question = { ...this.ask, model: candidate.upstreamModel, nowMs }
    const answer = this.#house.ask(candidate.channel.id, question)
    const afterMs = answer.kind === 'silence' ? Number.POSITIVE_INFINITY : answer.afterMs
    const staysMs = this.#staysMs()
    // Something of ours may break at any time: no verdict, and the lease comes back all the same.
    const isCrash = !isWellAgain && life.random.chance(0.003)
    this.#later(Math.min(afterMs, timeMs, staysMs), () => {
      if (isCrash) return this.#crash(lease)
      if (staysMs <= Math.min(afterMs, timeMs)) return this.#failed(lease, verdict('client_gone', ''))
      if (timeMs < afterMs) return this.#failed(lease, verdict('timed_out', ''))
      this.#answered(candidate, lease, answer)
    })
  }

  #answered(candidate: Candidate, lease: AttemptLease, answer: Answer): void {
    const { nowMs } = this.#house
    if (answer.kind === 'error') {
      const { status, headers, body } = answer
      const channelId = candidate.channel.id
      const context = { nowMs, rules: [], channelId }
      this.#failed(lease, judgeAnswer({ status, body, header: (name) => headers[name] }, context))
    } else if (answer.kind === 'fault') this.#failed(lease, verdict(answer.fault, ''))
    else if (answer.kind === 'body') {
      if (this.ask.endpoint === 'messages') this.#health.note(lease, verdict('fine', ''))
      this.#settle(candidate, lease, 'complete')
    } else if (answer.kind === 'stream') this.#relay(candidate, lease, answer)
  }

  #relay(
    candidate: Candidate,
    lease: AttemptLease,
    { lastsMs, isCut }: Extract<Answer, { kind: 'stream' }>,
  ): void {
    // What a recovering channel shows by its first content is enough.
    if (lease.isProbe) this.#health.note(lease, verdict('fine', ''))
    const staysMs = this.#staysMs()
    this.#later(Math.min(lastsMs, staysMs), () => {
      if (staysMs < lastsMs) return this.#settle(candidate, lease, 'client_gone')
      if (isCut) this.#health.note(lease, verdict('failed', 'the stream broke off'))
      else if (!lease.isProbe) this.#health.note(lease, verdict('fine', ''))
      this.#settle(candidate, lease, isCut ? 'truncated' : 'complete')
    })
  }

  #failed(lease: AttemptLease, judged: Verdict): void {
    const counted = this.ask.endpoint === 'messages' ? this.#health.note(lease, judged) : judged
    this.#health.release(lease)
    this.#house.life.tell(() => `request ${this.ask.name}: channel ${lease.channelId} ${counted.reason}`)
    this.#ends.push(counted.kind)
    this.#idleSinceMs = this.#house.nowMs
    this.#takeTurn()
  }

  #settle(
    { channel }: Candidate,
    lease: AttemptLease,
    ending: 'complete' | 'truncated' | 'client_gone',
  ): void {
    if (ending === 'complete' && this.ask.endpoint === 'messages') this.#keepSession(channel.id)
    this.#health.release(lease)
    this.#house.life.tell(() => `request ${this.ask.name}: channel ${channel.id} answered, ${ending}`)
    this.#end(ending === 'complete' ? 'answered' : 'failed', channel.id)
  }

  #keepSession(channelId: number): void {
    const { sessions, witness, nowMs } = this.#house
    const { sessionKey, warmMs } = this.ask
    const binds = bindsSession(this.#decision, channelId)
    if (!binds) this.#house.count('spill_over')
    sessions.answered(sessionKey, {
      channelId,
      binds,
      warmMs,
      cacheReadTokens: 0,
      cacheWriteTokens: 0,
      nowMs,
    })
    const failed = this.#tried.slice(0, -1)
    const { warmChannelId } = this.#decision
    const answer = { sessionKey, channelId, warmMs, nowMs, route: this.#route, failed, warmChannelId }
    witness.answered(answer, sessions.warmChannel(sessionKey, nowMs))
  }

  #crash(lease: AttemptLease): void {
    this.#house.count('crash')
    this.#health.release(lease)
    this.#end('failed')
  }

  #end(end: End, channelId: number | null = null): void {
    this.#house.count(end)
    this.#onEnd(end, channelId)
  }

  /** What was to happen after a restart happens no more. */
  #later(ms: number, run: () => void): void {
    this.#house.life.clock.in(ms, () => {
      if (this.#house.generation === this.#generation) run()
    })
  }

  #staysMs(): number {
    return Math.max(0, this.#startedAtMs + this.ask.leavesAfterMs - this.#house.nowMs)
  }
}
