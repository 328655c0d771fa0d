/** Short texts that bodies hold again and again, names above all: found in a table, which takes a tenth of making them. */

const SLOTS = 256
/** The names of models are among the longest. */
const LENGTH_MAX = 48

export class FamiliarTexts {
  /** By length, first and last character; of two that share a place the last one is there. */
  readonly #texts = new Array<string | undefined>(SLOTS)

  /** The text that stands in these bytes, one character a byte, where it has been kept. */
  find(bytes: Buffer, start: number, end: number): string | undefined {
    const length = end - start
    if (length === 0 || length > LENGTH_MAX) return undefined
    const text = this.#texts[slotOf(length, bytes[start] as number, bytes[end - 1] as number)]
    if (text === undefined || text.length !== length) return undefined
    for (let index = 0; index < length; index++) {
      if (bytes[start + index] !== text.charCodeAt(index)) return undefined
    }
    return text
  }

  keep(text: string): void {
    const { length } = text
    if (length === 0 || length > LENGTH_MAX) return
    this.#texts[slotOf(length, text.charCodeAt(0), text.charCodeAt(length - 1))] = text
  }
}

const slotOf = (length: number, first: number, last: number): number =>
  (length * 7 + first + last * 13) % SLOTS
