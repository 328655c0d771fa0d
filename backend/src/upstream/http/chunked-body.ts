/** Takes the chunks of a body apart, strictly. RFC 9112 section 7.1. */

/** What is expected next. */
const SIZE = 0
const EXTENSION = 1
const SIZE_LF = 2
const DATA = 3
const DATA_CR = 4
const DATA_LF = 5
const TRAILER = 6
const TRAILER_NAME = 7
const TRAILER_VALUE = 8
const TRAILER_LF = 9
const END_LF = 10

const CR = 0x0d
const LF = 0x0a
const COLON = 0x3a
const SEMICOLON = 0x3b

/** Enough for 16 TiB in one chunk. */
const SIZE_DIGITS_MAX = 11
/** Extensions and trailers are not for us; what is longer is no honest one. */
const IGNORED_BYTES_MAX = 16 * 1024

const NAME_BYTE = 1
const VALUE_BYTE = 2
/** What a byte may be part of: a trailer's name, a value. */
const KINDS = Uint8Array.from({ length: 256 }, (_, byte) => {
  const isName = /[!#$%&'*+.^_`|~0-9A-Za-z-]/.test(String.fromCharCode(byte))
  const isValue = byte === 0x09 || (byte >= 0x20 && byte !== 0x7f)
  return (isName ? NAME_BYTE : 0) | (isValue ? VALUE_BYTE : 0)
})
/** The value of a hexadecimal digit; -1 for any other byte. */
const DIGITS = Int8Array.from({ length: 256 }, (_, byte) => {
  const digit = Number.parseInt(String.fromCharCode(byte), 16)
  return Number.isNaN(digit) ? -1 : digit
})

/**
 * The bytes of the body that one read brought are moved together where they lie: events that come together are passed
 * on as one piece, and neither a buffer nor a view is made for each.
 */
export class ChunkedBody {
  /** The last chunk and the trailers have been read. */
  isOver = false
  /** Not what the RFC describes; nothing more is read. */
  isBroken = false
  /** Where the body's bytes of the last {@link read} lie. */
  from = 0
  to = 0
  #expected = SIZE
  #left = 0
  #digits = 0
  #ignored = 0

  /** A new body begins. */
  begin(): void {
    this.isOver = false
    this.isBroken = false
    this.#expectSize()
    this.#ignored = 0
  }

  /**
   * @param bytes are written to.
   * @returns the position behind what was read: the end, unless the body is over before it.
   */
  read(bytes: Buffer, start: number): number {
    this.from = start
    this.to = start
    let at = start
    while (at < bytes.length && !this.isOver && !this.isBroken) {
      if (this.#expected === DATA) at = this.#takeData(bytes, at)
      else if (this.#expected === SIZE) at = this.#readSize(bytes, at)
      else this.#step(bytes[at++] as number)
    }
    return at
  }

  #takeData(bytes: Buffer, at: number): number {
    const end = Math.min(at + this.#left, bytes.length)
    if (this.to === this.from) {
      this.from = at
      this.to = end
    } else {
      bytes.copyWithin(this.to, at, end)
      this.to += end - at
    }
    this.#left -= end - at
    if (this.#left === 0) this.#expected = DATA_CR
    return end
  }

  #readSize(bytes: Buffer, start: number): number {
    for (let at = start; at < bytes.length; at++) {
      const byte = bytes[at] as number
      const digit = DIGITS[byte] as number
      if (digit < 0) {
        this.#endSize(byte)
        return at + 1
      }
      this.#left = this.#left * 16 + digit
      if (++this.#digits > SIZE_DIGITS_MAX) this.isBroken = true
    }
    return bytes.length
  }

  #endSize(byte: number): void {
    if (this.#digits === 0 || (byte !== CR && byte !== SEMICOLON)) this.isBroken = true
    this.#expected = byte === CR ? SIZE_LF : EXTENSION
  }

  #expectSize(): void {
    this.#expected = SIZE
    this.#left = 0
    this.#digits = 0
  }

  #step(byte: number): void {
    switch (this.#expected) {
      case SIZE_LF:
        this.#demand(byte, LF, this.#left === 0 ? TRAILER : DATA)
        break
      case DATA_CR:
        this.#demand(byte, CR, DATA_LF)
        break
      case DATA_LF:
        this.#demand(byte, LF, SIZE)
        this.#expectSize()
        break
      case TRAILER_LF:
        this.#demand(byte, LF, TRAILER)
        break
      case END_LF:
        this.#demand(byte, LF, END_LF)
        this.isOver = !this.isBroken
        break
      default:
        this.#ignore(byte)
    }
  }

  #demand(byte: number, wanted: number, next: number): void {
    if (byte !== wanted) this.isBroken = true
    this.#expected = next
  }

  /** Extensions of a chunk, and trailers: their form is looked at, what they say is not. */
  #ignore(byte: number): void {
    if (++this.#ignored > IGNORED_BYTES_MAX) this.isBroken = true
    else if (this.#expected === EXTENSION) this.#readValue(byte, SIZE_LF)
    else if (this.#expected === TRAILER_VALUE) this.#readValue(byte, TRAILER_LF)
    else this.#readName(byte)
  }

  #readValue(byte: number, next: number): void {
    if (byte === CR) this.#expected = next
    else if (((KINDS[byte] as number) & VALUE_BYTE) === 0) this.isBroken = true
  }

  #readName(byte: number): void {
    const isFirst = this.#expected === TRAILER
    if (isFirst && byte === CR) this.#expected = END_LF
    else if (!isFirst && byte === COLON) this.#expected = TRAILER_VALUE
    else if (((KINDS[byte] as number) & NAME_BYTE) === 0) this.isBroken = true
    else this.#expected = TRAILER_NAME
  }
}
