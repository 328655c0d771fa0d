/** Header names, and judgements about them, each made once: the same few come with every request and every answer. */

/** Names may come from strangers; beyond so many, new ones are judged each time. */
const NAMES_MAX = 1000

export function remembered<Judgement>(judge: (name: string) => Judgement): (name: string) => Judgement {
  const known = new Map<string, Judgement>()
  return (name) => {
    const before = known.get(name)
    if (before !== undefined) return before
    const judgement = judge(name)
    if (known.size < NAMES_MAX) known.set(name, judgement)
    return judgement
  }
}

/** @param lower in lower case. */
export const isNamed = (name: string, lower: string): boolean =>
  name.length === lower.length && (name === lower || name.toLowerCase() === lower)

/** So many headers of a message are looked at; nobody sends more. */
const PLACES_MAX = 64

/**
 * Names as the texts in which they first came, by their place among the headers. Every message brings its names in new
 * texts, whose hash each look-up would have to work out; to see that one is the same as the last one there takes less.
 */
export class FamiliarNames {
  readonly #atPlace: string[] = []

  /** @returns the same name. */
  of(name: string, place: number): string {
    const last = this.#atPlace[place]
    if (last === name) return last
    if (place < PLACES_MAX) this.#atPlace[place] = name
    return name
  }
}
