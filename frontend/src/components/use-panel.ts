/** Which panel of a page is open, kept in the address: the back button closes it, and a link leads to it. */
import { useAddress } from './use-address.ts'

/** What a panel shows: a thing to be made, or one that exists, by its id. */
type PanelTarget = 'new' | number

function parse(value: string | null): PanelTarget | null {
  if (value === 'new') return value
  const id = Number(value)
  return value !== null && Number.isSafeInteger(id) && id > 0 ? id : null
}

interface Panel {
  target: PanelTarget | null
  open: (target: PanelTarget) => void
  close: () => void
}

/** @param name the search parameter, such as `edit` in `/channels?edit=3` */
export function usePanel(name: string): Panel {
  const { search, edit } = useAddress()
  return {
    target: parse(search.get(name)),
    open: (target) => edit((after) => after.set(name, String(target))),
    close: () => edit((after) => after.delete(name), { replace: true }),
  }
}
