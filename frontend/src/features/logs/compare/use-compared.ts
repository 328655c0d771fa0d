/** The request that is held for a comparison, kept in the address beside the one that is open. */
import { useSearchParams } from 'react-router'

interface Compared {
  readonly comparedId: number | null
  /** Holds this one and closes the drawer, so that another can be picked. */
  readonly compare: (id: number) => void
  readonly cancel: () => void
}

export function useCompared(): Compared {
  const [search, setSearch] = useSearchParams()
  const id = Number(search.get('compare'))
  const change = (edit: (after: URLSearchParams) => void) =>
    setSearch((before) => {
      const after = new URLSearchParams(before)
      edit(after)
      return after
    })
  return {
    comparedId: Number.isSafeInteger(id) && id > 0 ? id : null,
    compare: (held) =>
      change((after) => {
        after.set('compare', String(held))
        after.delete('request')
      }),
    cancel: () => change((after) => after.delete('compare')),
  }
}
