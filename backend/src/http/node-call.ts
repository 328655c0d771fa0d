/** A call on a connection that `node:http` keeps, as the proxy sees it. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { BodyReader, CallRequest, CallResponse } from '../proxy/client-side.ts'

export class NodeRequest implements CallRequest {
  readonly #incoming: IncomingMessage
  #reader: BodyReader | null = null

  constructor(incoming: IncomingMessage) {
    this.#incoming = incoming
  }

  get url(): string {
    return this.#incoming.url ?? '/'
  }

  get rawHeaders(): readonly string[] {
    return this.#incoming.rawHeaders
  }

  get headerNames(): readonly string[] {
    return Object.keys(this.#incoming.headers)
  }

  get announcedBytes(): number | null {
    const length = this.#incoming.headers['content-length']
    return length === undefined ? null : Number(length)
  }

  get isWhole(): boolean {
    return this.#incoming.complete
  }

  header(name: string): string | null {
    const value = this.#incoming.headers[name]
    return (Array.isArray(value) ? value.join(', ') : value) ?? null
  }

  read(reader: BodyReader): void {
    const isFirst = this.#reader === null
    this.#reader = reader
    if (!isFirst) return
    const incoming = this.#incoming
    incoming.on('data', (piece: Buffer) => this.#reader?.data(piece))
    incoming.on('end', () => {
      // The reader has the whole body, which is not to live as long as this.
      const whole = this.#reader
      this.#reader = null
      whole?.end()
    })
    // It comes behind every body, whole or broken off; an error with its stack would be made for each.
    incoming.on('close', () => {
      if (!incoming.complete) this.#reader?.broken()
    })
  }
}

export class NodeResponse implements CallResponse {
  readonly #response: ServerResponse
  /** What the connection had carried before. */
  readonly #bytesBefore: number

  constructor(response: ServerResponse) {
    this.#response = response
    this.#bytesBefore = response.req.socket.bytesWritten
    // A write that races the client's leaving is no event: `close` tells.
    response.on('error', () => undefined)
  }

  get hasBegun(): boolean {
    return this.#response.headersSent
  }

  get isFinished(): boolean {
    return this.#response.writableFinished
  }

  get isGone(): boolean {
    return this.#response.destroyed
  }

  get mustDrain(): boolean {
    return this.#response.writableNeedDrain
  }

  get sentBytes(): number {
    return Math.max(0, this.#response.req.socket.bytesWritten - this.#bytesBefore)
  }

  writeHead(status: number, rawHeaders: readonly string[], bodyBytes: number | null): void {
    const response = this.#response
    const raw = [...rawHeaders]
    // What is set by name already would give way to the answer's own header of that name.
    const vary = response.getHeader('vary')
    if (vary !== undefined) raw.push('vary', String(vary))
    if (bodyBytes !== null) raw.push('content-length', String(bodyBytes))
    response.sendDate = false
    response.writeHead(status, raw)
  }

  write(piece: Buffer): boolean {
    return this.#response.write(piece)
  }

  end(piece?: Buffer): void {
    this.#response.end(piece)
  }

  breakOff(): void {
    // To destroy it here would take back what this turn has written, the head among it.
    this.#response.socket?.destroySoon()
  }

  hangUpAfter(): void {
    this.#response.shouldKeepAlive = false
  }

  onDrain(listener: () => void): void {
    this.#response.on('drain', listener)
  }

  onGone(listener: () => void): void {
    this.#response.on('close', () => {
      if (!this.#response.writableFinished) listener()
    })
  }

  over(): Promise<void> {
    const response = this.#response
    if (response.writableFinished || response.destroyed) return Promise.resolve()
    const { promise, resolve } = Promise.withResolvers<void>()
    response.on('finish', resolve)
    response.on('close', resolve)
    return promise
  }
}
