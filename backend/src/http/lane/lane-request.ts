/** A request on the lane: its head is read, its body is on the way. */
import type { BodyReader, CallRequest } from '../../proxy/client-side.ts'
import { fieldOf, type MessageHead } from './message-head.ts'

export class LaneRequest implements CallRequest {
  readonly url: string
  readonly rawHeaders: readonly string[]
  readonly headerNames: readonly string[]
  readonly announcedBytes: number
  missingBytes: number
  /** Pieces that came before anybody read. */
  #early: Buffer | null
  #reader: BodyReader | null = null

  /** @param begun what has come of the body with the head, and nothing behind it. */
  constructor({ url, rawHeaders, headerNames, bodyBytes }: MessageHead, begun: Buffer) {
    this.url = url
    this.rawHeaders = rawHeaders
    this.headerNames = headerNames
    this.announcedBytes = bodyBytes
    this.#early = begun.length > 0 ? begun : null
    this.missingBytes = bodyBytes - begun.length
  }

  get isWhole(): boolean {
    return this.missingBytes === 0
  }

  header(name: string): string | null {
    return fieldOf(this, name)
  }

  read(reader: BodyReader): void {
    this.#reader = reader
    const early = this.#early
    this.#early = null
    if (early !== null) reader.data(early)
    if (this.isWhole) this.#end()
  }

  /** @param piece of this body, and nothing behind it. */
  take(piece: Buffer): void {
    this.missingBytes -= piece.length
    this.#reader?.data(piece)
    if (this.isWhole) this.#end()
  }

  /** The reader has the whole body, which is not to live as long as this. */
  #end(): void {
    const reader = this.#reader
    this.#reader = null
    reader?.end()
  }

  /** The client went away. */
  break(): void {
    if (!this.isWhole) this.#reader?.broken()
  }
}
