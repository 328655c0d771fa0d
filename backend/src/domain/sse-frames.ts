/**
 * Server-sent events as bytes: cuts a stream at the ends of its frames, and names the frames that matter.
 * A frame ends with an empty line; lines end with LF or CRLF. https://html.spec.whatwg.org/multipage/server-sent-events.html
 */

const LF = 0x0a
const CR = 0x0d
const SPACE = 0x20
const NONE = Buffer.alloc(0)

/**
 * Lets only whole frames through: what is passed on can then at any time be followed by an event of our own, a `ping`
 * or an `error`, without tearing one of the upstream's in two. The unfinished rest waits for its end.
 */
export class FrameSplitter {
  #rest: Buffer[] = []
  #restBytes = 0

  /** Bytes that wait for the end of their frame. */
  get waitingBytes(): number {
    return this.#restBytes
  }

  /** @returns the whole frames that `chunk` completes, in one buffer; empty when it completes none. */
  push(chunk: Buffer): Buffer {
    const boundary = this.#boundaryIn(chunk)
    if (boundary === 0) {
      this.#wait(chunk)
      return NONE
    }
    const head = boundary === chunk.length ? chunk : chunk.subarray(0, boundary)
    const whole =
      this.#restBytes === 0 ? head : Buffer.concat([...this.#rest, head], this.#restBytes + boundary)
    this.#rest = []
    this.#restBytes = 0
    if (boundary < chunk.length) this.#wait(chunk.subarray(boundary))
    return whole
  }

  /** What is left when the stream has ended: an unfinished frame, which a reader would discard. */
  flush(): Buffer {
    const rest = this.#rest.length === 1 ? (this.#rest[0] ?? NONE) : Buffer.concat(this.#rest)
    this.#rest = []
    this.#restBytes = 0
    return rest
  }

  #wait(part: Buffer): void {
    if (part.length === 0) return
    this.#rest.push(part)
    this.#restBytes += part.length
  }

  /** Where the last whole frame ends in `chunk`, or 0. */
  #boundaryIn(chunk: Buffer): number {
    let at = chunk.lastIndexOf(LF)
    while (at >= 0) {
      const before = this.#byteBefore(chunk, at, 1)
      if (before === LF) return at + 1
      if (before === CR && this.#byteBefore(chunk, at, 2) === LF) return at + 1
      at = at === 0 ? -1 : chunk.lastIndexOf(LF, at - 1)
    }
    return 0
  }

  /** The byte `distance` before `at`, which may lie in the rest that waits. */
  #byteBefore(chunk: Buffer, at: number, distance: number): number {
    if (at >= distance) return chunk[at - distance] as number
    let back = distance - at
    for (let part = this.#rest.length - 1; part >= 0; part--) {
      const bytes = this.#rest[part] as Buffer
      if (back <= bytes.length) return bytes[bytes.length - back] as number
      back -= bytes.length
    }
    return -1
  }
}

/** Receives a frame that has data: its event name, and where the data of its first `data` line begins and ends. */
export type FrameVisitor = (event: string, dataStart: number, dataEnd: number) => void

/** Visits the frames in `bytes`, which must hold whole frames. Comments and frames without data are passed over. */
export function scanFrames(bytes: Buffer, visit: FrameVisitor): void {
  let event = ''
  let dataStart = -1
  let dataEnd = -1
  let at = 0
  while (at < bytes.length) {
    const newline = bytes.indexOf(LF, at)
    const next = newline === -1 ? bytes.length : newline + 1
    const end = lineEnd(bytes, at, newline)
    if (end === at) {
      if (dataStart >= 0) visit(event, dataStart, dataEnd)
      event = ''
      dataStart = -1
    } else if (isField(bytes, at, DATA) && dataStart < 0) {
      dataStart = valueStart(bytes, at + DATA.length, end)
      dataEnd = end
    } else if (isField(bytes, at, EVENT)) {
      event = bytes.toString('latin1', valueStart(bytes, at + EVENT.length, end), end)
    }
    at = next
  }
  if (dataStart >= 0) visit(event, dataStart, dataEnd)
}

const DATA = Buffer.from('data:')
const EVENT = Buffer.from('event:')

function isField(bytes: Buffer, at: number, field: Buffer): boolean {
  for (let offset = 0; offset < field.length; offset++) {
    if (bytes[at + offset] !== field[offset]) return false
  }
  return true
}

function lineEnd(bytes: Buffer, start: number, newline: number): number {
  const end = newline === -1 ? bytes.length : newline
  return end > start && bytes[end - 1] === CR ? end - 1 : end
}

/** One space after the colon belongs to the notation, not to the value. */
function valueStart(bytes: Buffer, afterColon: number, end: number): number {
  return afterColon < end && bytes[afterColon] === SPACE ? afterColon + 1 : afterColon
}
