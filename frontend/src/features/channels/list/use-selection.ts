/** Which channels are picked for something that is done to several. */
import { useState } from 'react'

export interface Selection {
  readonly ids: ReadonlySet<number>
  toggle(id: number): void
  set(ids: readonly number[]): void
}

export function useSelection(): Selection {
  const [ids, setIds] = useState<ReadonlySet<number>>(new Set())
  return {
    ids,
    toggle: (id) =>
      setIds((before) => new Set(before.has(id) ? [...before].filter((one) => one !== id) : [...before, id])),
    set: (chosen) => setIds(new Set(chosen)),
  }
}
