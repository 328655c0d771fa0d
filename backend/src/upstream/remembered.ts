/** Judgements about header names, each made once: the same few come with every request and every answer. */

/** Names may come from strangers; beyond so many, new ones are judged each time. */
const NAMES_MAX = 1000

export function remembered(judge: (name: string) => boolean): (name: string) => boolean {
  const known = new Map<string, boolean>()
  return (name) => {
    const before = known.get(name)
    if (before !== undefined) return before
    const judgement = judge(name)
    if (known.size < NAMES_MAX) known.set(name, judgement)
    return judgement
  }
}
