/** Hands an event stream that came compressed to its reader decoded; any other answer as it is. Contract rule B9. */
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
    this.#decoder?.pause()
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

  /** Also after {@link end}, while the rest is still being decoded. */
  fail(fault: UpstreamFault): void {
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
    decoder.once('end', () => this.#finish())
    decoder.once('error', (cause: Error) => {
      this.#onBroken(new UpstreamFault('failed', 'the compressed stream is broken', cause))
    })
  }

  #finish(): void {
    this.#isOver = true
    this.#reader.end()
  }
}
