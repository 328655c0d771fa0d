/**
 * What the proxy needs of a client's request and of its answer, whoever keeps the connection: `node:http`, or the lane
 * on which messages come (`http/lane/`).
 */

export interface CallRequest {
  /** Path and query as they came. */
  readonly url: string
  /**
   * Names and values in turn, as they came; of `content-length` only {@link announcedBytes} tells. For requests of a
   * connection that have the same head it is the same list: what is made of it need not be made again.
   */
  readonly rawHeaders: readonly string[]
  /** In lower case, each once. */
  readonly headerNames: readonly string[]
  /** How long the body is said to be; null where its end will tell. */
  readonly announcedBytes: number | null
  /** Whether all of the body has come. */
  readonly isWhole: boolean
  /** By lower-case name; several values of one name as `node:http` joins them. */
  header(name: string): string | null
  /** From here on the body goes to this reader, and no longer to any one before. */
  read(reader: BodyReader): void
}

/** Told of a body piece by piece, and once of how it ended. */
export interface BodyReader {
  data(piece: Buffer): void
  /** All of it has come. */
  end(): void
  /** The client went away in the middle of it. */
  broken(): void
}

export interface CallResponse {
  readonly hasBegun: boolean
  /** All of it is handed to the system. */
  readonly isFinished: boolean
  /** The connection is gone, whether the answer was finished or not. */
  readonly isGone: boolean
  /** More is waiting to be sent than should; `onDrain` tells when that is over. */
  readonly mustDrain: boolean
  /** So far, head and framing included. */
  readonly sentBytes: number
  /**
   * @param rawHeaders names and values in turn.
   * @param bodyBytes the length of the body, or null where only its end will tell.
   */
  writeHead(status: number, rawHeaders: readonly string[], bodyBytes: number | null): void
  /** @returns false where no more should be written until `onDrain` tells. */
  write(piece: Buffer): boolean
  end(piece?: Buffer): void
  /** Sends what was written, and hangs up in the middle of the answer. */
  breakOff(): void
  /** No other request is taken on this connection. To be called before the head is written. */
  hangUpAfter(): void
  onDrain(listener: () => void): void
  /** Told once where the connection goes before the answer is finished. */
  onGone(listener: () => void): void
  /** Resolves when the last byte is handed to the system, or the client is gone. */
  over(): Promise<void>
}
