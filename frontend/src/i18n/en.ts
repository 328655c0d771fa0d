/** Every string of the console, in English. The other catalogues have the same keys and placeholders. */
import { access } from './en/access.ts'
import { channels } from './en/channels.ts'
import { dashboard } from './en/dashboard.ts'
import { keys } from './en/keys.ts'
import { mappings } from './en/mappings.ts'
import { requests } from './en/requests.ts'
import { settings } from './en/settings.ts'
import { shell } from './en/shell.ts'
import { start } from './en/start.ts'

export const en = {
  ...shell,
  ...access,
  ...channels,
  ...dashboard,
  ...mappings,
  ...keys,
  ...requests,
  ...settings,
  ...start,
}

type Words<Tree> = { readonly [Key in keyof Tree]: Tree[Key] extends string ? string : Words<Tree[Key]> }

/** What a catalogue of any language holds: a missing or an additional key does not compile. */
export type Catalogue = Words<typeof en>
