/** Relays a committed stream: whole frames as they come, back-pressure both ways, a ping into silence. Rules C1, C5–C8. */
import { reason } from '@claude-gateway/contract/reason.ts'
import type { AnswerReader } from '../upstream/answer-reader.ts'
import { type AtTurnEnd, whenTurnEnds } from '../upstream/end-of-turn.ts'
import { UpstreamFault } from '../upstream/fault.ts'
import { maskSecrets } from '../upstream/mask.ts'
import type { ClientCall } from './client-call.ts'
import type { HeldStream, ProvedStream } from './proof.ts'
import type { Relayed, RelaySource, RelayTimes } from './relayed.ts'
import { restoreInFrames } from './restore-model.ts'
import type { StreamMeter } from './stream-meter.ts'
import { FRAME_MAX_BYTES } from './stream-view.ts'

const PING = Buffer.from('event: ping\ndata: {"type": "ping"}\n\n')

const brokenOff = (requestId: string): Buffer => {
  const message = 'The upstream broke off in the middle of its answer.'
  const data = { type: 'error', error: { type: 'api_error', message }, request_id: requestId }
  return Buffer.from(`event: error\ndata: ${JSON.stringify(data)}\n\n`)
}

/** Whether the client knows how the message ended: by a reason to stop, or by an error of the upstream's own. */
function hasToldItsEnd({ hasStopped, stopReason, error }: StreamMeter): boolean {
  return hasStopped || stopReason !== null || error !== null
}

export class StreamRelay implements AnswerReader, AtTurnEnd {
  readonly #call: ClientCall
  readonly #source: RelaySource
  readonly #times: RelayTimes
  readonly #done = Promise.withResolvers<UpstreamFault | null>()
  #stream: HeldStream | null = null
  #silence: NodeJS.Timeout | null = null
  #silentMs = 0
  /** What this turn of the event loop has brought, and whether it was the last. */
  #ready: Buffer[] = []
  #isLast = false
  /** Whether it is to be told of the turn's end; `run` is at one already. */
  #isWaiting = true

  constructor(call: ClientCall, source: RelaySource, times: RelayTimes) {
    this.#call = call
    this.#source = source
    this.#times = times
  }

  /** To be called at the end of a turn. Resolves when the client has the last byte or is gone; never rejects. */
  async run(proved: ProvedStream): Promise<Relayed> {
    const { stream } = proved
    this.#stream = stream
    this.#source.exchange.handTo(this)
    this.#writeHeld(stream)
    this.#call.response.onDrain(() => this.#source.exchange.resume())
    this.#call.presence.listen(() => this.#clientGone())
    this.#awaitSilence()
    if (stream.ending === 'end') this.end()
    else if (stream.ending) this.fail(stream.ending)
    else if (this.#call.presence.hasLeft) this.#clientGone()
    this.atTurnEnd()
    const fault = await this.#done.promise
    if (this.#silence) clearTimeout(this.#silence)
    await stream.view.metered()
    await this.#call.response.over()
    return this.#relayed(proved, fault)
  }

  head(): void {
    // The head came before the relay did.
  }

  data(chunk: Buffer): void {
    const stream = this.#stream as HeldStream
    if (this.#silentMs === 0) this.#silence?.refresh()
    else this.#awaitSilence()
    const ready = stream.view.push(chunk)
    if (ready.length > 0) this.#write(this.#masked(ready))
    else if (stream.view.waitingBytes > FRAME_MAX_BYTES) {
      this.#source.exchange.abort(new UpstreamFault('failed', reason('stream_endless_frame')))
    }
  }

  end(): void {
    const { view } = this.#stream as HeldStream
    const rest = view.flush()
    if (view.isPlain && !hasToldItsEnd(view.meter)) {
      this.fail(new UpstreamFault('failed', reason('stream_ended_early')))
      return
    }
    this.#isLast = true
    this.#write(this.#masked(rest))
  }

  fail(fault: UpstreamFault): void {
    // Rule C7: an error, then the end; what had begun of a frame is left out, and no message_stop is made up. A
    // message that had already said message_stop is whole, whatever became of its connection.
    const { view } = this.#stream as HeldStream
    const { hasStopped, error } = view.meter
    this.#send()
    if (!hasStopped && !view.isPlain) {
      this.#call.response.breakOff()
    } else {
      if (!hasStopped && error === null && fault.kind !== 'client_gone')
        this.#call.response.write(brokenOff(this.#call.requestId))
      this.#call.response.end()
    }
    this.#done.resolve(hasStopped ? null : fault)
  }

  #writeHeld(stream: HeldStream): void {
    // Taken out: for as long as the stream runs it would keep what else lies in the same memory.
    const pieces = stream.held.splice(0)
    const held = pieces.length === 1 ? (pieces[0] as Buffer) : Buffer.concat(pieces)
    const model = stream.view.isPlain ? this.#source.restoreModel : null
    this.#write(this.#masked(model === null ? held : restoreInFrames(held, model)))
  }

  /** Rules C3 and D7: an upstream's error may repeat the credential that it was sent. */
  #masked(frames: Buffer): Buffer {
    const { view } = this.#stream as HeldStream
    return view.isPlain && view.meter.error !== null ? maskSecrets(frames, this.#source.secrets) : frames
  }

  #write(frames: Buffer): void {
    this.#ready.push(frames)
    if (!this.#isWaiting) whenTurnEnds(this)
    this.#isWaiting = true
  }

  atTurnEnd(): void {
    this.#isWaiting = false
    if (!this.#isLast) {
      this.#send()
      return
    }
    // With the last frames, not behind them: one write, and one waking of whoever reads.
    this.#call.response.end(this.#takeReady())
    this.#done.resolve(null)
  }

  #send(): void {
    if (this.#ready.length === 0) return
    const frames = this.#takeReady()
    if (frames.length > 0 && !this.#call.response.write(frames)) this.#source.exchange.pause()
  }

  #takeReady(): Buffer {
    const frames = this.#ready.length === 1 ? (this.#ready[0] as Buffer) : Buffer.concat(this.#ready)
    this.#ready = []
    return frames
  }

  #clientGone(): void {
    this.#source.exchange.abort(new UpstreamFault('client_gone', reason('client_left')))
  }

  /** Waits for the next moment at which something is due: a ping, or the end of patience. */
  #awaitSilence(silentMs = 0): void {
    this.#silentMs = silentMs
    const waitMs = Math.min(this.#times.pingMs, this.#times.idleMs - silentMs)
    if (this.#silence) clearTimeout(this.#silence)
    this.#silence = setTimeout(() => this.#onSilence(silentMs + waitMs), waitMs)
  }

  /** Rule C5: a ping keeps the client waiting; a silence without an end is the upstream's. */
  #onSilence(silentMs: number): void {
    // Silence while the client does not read is the client's own.
    if (this.#call.response.mustDrain) {
      this.#awaitSilence()
      return
    }
    if (silentMs >= this.#times.idleMs) {
      this.#source.exchange.abort(new UpstreamFault('timed_out', reason('stream_silent')))
      return
    }
    if (this.#stream?.view.isPlain) this.#call.response.write(PING)
    this.#awaitSilence(silentMs)
  }

  #relayed(proved: ProvedStream, fault: UpstreamFault | null): Relayed {
    const { meter } = proved.stream.view
    return {
      ending: this.#ending(fault),
      status: proved.head.status,
      usage: meter.usage,
      isUsageFinal: meter.hasFinalUsage,
      textCharacters: meter.textCharacters,
      answeredModel: meter.answeredModel,
      stopReason: meter.stopReason,
      fault: fault?.why ?? (meter.error && reason('stream_error')),
    }
  }

  #ending(fault: UpstreamFault | null): Relayed['ending'] {
    if (fault !== null && fault.kind !== 'client_gone') return 'truncated'
    if (this.#call.presence.hasLeft) return 'client_gone'
    return fault === null && this.#stream?.view.meter.hasStopped ? 'complete' : 'truncated'
  }
}
