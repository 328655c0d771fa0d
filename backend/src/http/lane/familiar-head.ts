/**
 * The head of a connection's last request. Those that follow are mostly the same but for the length of their body: they
 * are compared, which takes a fraction of reading them, and give the same headers, of which nothing need be made anew.
 */
import { type MessageHead, readMessageHead } from './message-head.ts'

const LENGTH_FIELD = /\r\ncontent-length:[\t ]*/i
const DIGITS_MAX = 15
const ZERO = 0x30

interface Known {
  readonly head: MessageHead
  /** The bytes up to the body's length, and from there to the end of the head. */
  readonly before: Buffer
  readonly behind: Buffer
}

export class FamiliarHead {
  #isFirst = true
  #known: Known | null = null

  /** As {@link readMessageHead}. */
  read(bytes: Buffer): MessageHead | null {
    return this.#again(bytes) ?? this.#anew(bytes)
  }

  /** @returns null where the bytes do not begin with the last head. */
  #again(bytes: Buffer): MessageHead | null {
    if (this.#known === null) return null
    const { head, before, behind } = this.#known
    const lengthAt = before.length
    if (!standsAt(bytes, 0, before)) return null
    let at = lengthAt
    let bodyBytes = 0
    for (let digit = digitAt(bytes, at); digit !== null; digit = digitAt(bytes, ++at))
      bodyBytes = bodyBytes * 10 + digit
    if (at === lengthAt || at - lengthAt > DIGITS_MAX || !standsAt(bytes, at, behind)) return null
    const { endpoint, url, rawHeaders, headerNames } = head
    return { endpoint, url, rawHeaders, headerNames, bodyBytes, endsAt: at + behind.length }
  }

  #anew(bytes: Buffer): MessageHead | null {
    const head = readMessageHead(bytes)
    // Many connections carry one request, a stream above all: nothing is kept for them.
    this.#known = head && !this.#isFirst ? knownOf(head, bytes) : null
    this.#isFirst = false
    return head
  }
}

function standsAt(bytes: Buffer, at: number, wanted: Buffer): boolean {
  const end = at + wanted.length
  return end <= bytes.length && bytes.compare(wanted, 0, wanted.length, at, end) === 0
}

function digitAt(bytes: Buffer, at: number): number | null {
  const digit = (bytes[at] ?? 0) - ZERO
  return digit >= 0 && digit <= 9 ? digit : null
}

function knownOf(head: MessageHead, bytes: Buffer): Known | null {
  const field = LENGTH_FIELD.exec(bytes.toString('latin1', 0, head.endsAt))
  if (field === null) return null
  // A copy of its own: the bytes are a window into a buffer that others share, and would be kept with it.
  const own = Buffer.allocUnsafeSlow(head.endsAt)
  bytes.copy(own, 0, 0, head.endsAt)
  const lengthAt = field.index + field[0].length
  let end = lengthAt
  while (digitAt(own, end) !== null) end++
  return { head, before: own.subarray(0, lengthAt), behind: own.subarray(end) }
}
