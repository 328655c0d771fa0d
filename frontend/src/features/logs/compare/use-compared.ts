/** The request that is held for a comparison, kept in the address beside the one that is open. */
import { useAddress } from '../../../components/use-address.ts'

interface Compared {
  readonly comparedId: number | null
  /** Holds this one and closes the drawer, so that another can be picked. */
  readonly compare: (id: number) => void
  readonly cancel: () => void
}

export function useCompared(): Compared {
  const { search, edit } = useAddress()
  const id = Number(search.get('compare'))
  return {
    comparedId: Number.isSafeInteger(id) && id > 0 ? id : null,
    compare: (held) =>
      edit((after) => {
        after.set('compare', String(held))
        after.delete('request')
      }),
    cancel: () => edit((after) => after.delete('compare')),
  }
}
