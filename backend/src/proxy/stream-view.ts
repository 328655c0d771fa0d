/** How a stream's bytes are looked at while they pass: plain ones frame by frame, compressed ones in a decoded copy. */
import { FrameSplitter } from '../domain/sse-frames.ts'
import type { createDecoder } from '../upstream/content-encoding.ts'
import { StreamMeter } from './stream-meter.ts'

/** A frame of this size is no frame; holding more would let an upstream fill the memory. */
export const FRAME_MAX_BYTES = 32 * 1024 * 1024

export interface StreamView {
  readonly meter: StreamMeter
  /** Whether events of our own may be put between the upstream's, and the model's name be restored. */
  readonly isPlain: boolean
  /** Bytes held back until their frame is whole. */
  readonly waitingBytes: number
  /** Takes a chunk in and returns what may be passed on of all that came. */
  push(chunk: Buffer): Buffer
  /** What is left at the end of the stream. */
  flush(): Buffer
  /** Nothing more comes: resolves when all that was pushed has been metered. */
  metered(): Promise<void>
}

/** Only whole frames go on, so that a ping or an error of ours always falls between two. */
export class PlainView implements StreamView {
  readonly meter = new StreamMeter()
  readonly isPlain = true
  readonly #splitter = new FrameSplitter()

  get waitingBytes(): number {
    return this.#splitter.waitingBytes
  }

  push(chunk: Buffer): Buffer {
    const whole = this.#splitter.push(chunk)
    if (whole.length > 0) this.meter.read(whole)
    return whole
  }

  flush(): Buffer {
    const rest = this.#splitter.flush()
    if (rest.length > 0) this.meter.read(rest)
    return rest
  }

  async metered(): Promise<void> {
    // Frames are metered as they are pushed.
  }
}

/** Rule B7: the bytes go on as they are, and are read in a decoded copy. */
export class CompressedView implements StreamView {
  readonly meter = new StreamMeter()
  readonly isPlain = false
  readonly waitingBytes = 0
  readonly #decoder: NonNullable<ReturnType<typeof createDecoder>>
  readonly #splitter = new FrameSplitter()
  readonly #metered = Promise.withResolvers<void>()

  /** @param onProgress called when more has been read. */
  constructor(decoder: NonNullable<ReturnType<typeof createDecoder>>, onProgress: () => void) {
    this.#decoder = decoder
    decoder.on('data', (plain: Buffer) => {
      this.meter.read(this.#splitter.push(plain))
      if (this.#splitter.waitingBytes > FRAME_MAX_BYTES) decoder.destroy(new Error('a frame without an end'))
      onProgress()
    })
    decoder.once('end', () => this.#metered.resolve())
    // What cannot be decoded, or is too much, cannot be metered; the bytes go on all the same.
    decoder.once('error', () => {
      this.#splitter.flush()
      this.#metered.resolve()
    })
  }

  push(chunk: Buffer): Buffer {
    if (!this.#decoder.destroyed) this.#decoder.write(chunk)
    return chunk
  }

  flush(): Buffer {
    return Buffer.alloc(0)
  }

  metered(): Promise<void> {
    if (!this.#decoder.writableEnded && !this.#decoder.destroyed) this.#decoder.end()
    return this.#metered.promise
  }
}
