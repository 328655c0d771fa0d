/** Hands an event stream that came compressed to its reader decoded; any other answer as it is. Contract rule B9. */
import { reason } from '@claude-gateway/contract/reason.ts'
import type { AnswerHead, AnswerReader } from './answer-reader.ts'
import { createDecoder } from './content-encoding.ts'
import { UpstreamFault } from './fault.ts'
import { headerOf, withoutHeaders } from './response-headers.ts'

type Decoder = NonNullable<ReturnType<typeof createDecoder>>

export class DecodedReader implements AnswerReader {
  #reader: AnswerReader
  readonly #onBroken: (fault: UpstreamFault) => void
  #decoder: Decoder | null = null
  #isOver = false
  /** Why the upstream broke off, while what had come is still being decoded. */
  #brokenOff: UpstreamFault | null = null

  /** @param onBroken called when what comes cannot be decoded; it is to end the talk, and then to tell {@link fail}. */
  constructor(reader: AnswerReader, onBroken: (fault: UpstreamFault) => void) {
    this.#reader = reader
    this.#onBroken = onBroken
  }

  /** From here on, what arrives goes to another reader. */
  handTo(reader: AnswerReader): void {
    this.#reader = reader
  }

  /** What was received but not yet decoded waits, too. */
  pause(): void {
    // What is left of a stream that broke off is little, and would be lost with the decoder.
    if (this.#brokenOff === null) this.#decoder?.pause()
  }

  resume(): void {
    this.#decoder?.resume()
  }

  head(head: AnswerHead): void {
    const isStream = headerOf(head.rawHeaders, 'content-type')?.startsWith('text/event-stream') ?? false
    this.#decoder = isStream ? createDecoder(headerOf(head.rawHeaders, 'content-encoding') ?? '') : null
    if (this.#decoder === null) {
      this.#reader.head(head)
      return
    }
    this.#listen(this.#decoder)
    this.#reader.head({ ...head, rawHeaders: withoutHeaders(head.rawHeaders, ['content-encoding']) })
  }

  data(chunk: Buffer): void {
    if (this.#decoder === null) this.#reader.data(chunk)
    else this.#decoder.write(chunk)
  }

  end(): void {
    if (this.#decoder === null) this.#finish()
    else this.#decoder.end()
  }

  /**
   * Also after {@link end}, while the rest is still being decoded. Where the upstream broke off, what had come is read
   * first: it has been paid for, and the client is owed it. A client that left waits for nothing.
   */
  fail(fault: UpstreamFault): void {
    const decoder = this.#decoder
    const isReading = decoder !== null && !decoder.destroyed && !decoder.writableEnded
    if (fault.kind === 'client_gone' || !isReading) {
      this.#giveUp(fault)
      return
    }
    this.#brokenOff = fault
    decoder.resume()
    decoder.end()
  }

  #giveUp(fault: UpstreamFault): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#decoder
      ?.removeAllListeners()
      .on('error', () => undefined)
      .destroy()
    this.#reader.fail(fault)
  }

  #listen(decoder: Decoder): void {
    decoder.on('data', (plain: Buffer) => this.#reader.data(plain))
    decoder.once('end', () => (this.#brokenOff ? this.#giveUp(this.#brokenOff) : this.#finish()))
    // The end of a stream that broke off is missing, which is an error by itself.
    decoder.once('error', (cause: Error) => {
      if (this.#brokenOff) this.#giveUp(this.#brokenOff)
      else this.#onBroken(new UpstreamFault('failed', reason('compression_broken'), cause))
    })
  }

  #finish(): void {
    this.#isOver = true
    this.#reader.end()
  }
}
