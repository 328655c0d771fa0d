/** Every string of the console, in English. The other catalogues have the same keys and placeholders. */
import { access } from './en/access.ts'
import { channels } from './en/channels.ts'
import { dashboard } from './en/dashboard.ts'
import { keys } from './en/keys.ts'
import { mappings } from './en/mappings.ts'
import { myUsage } from './en/my-usage.ts'
import { operators } from './en/operators.ts'
import { playground } from './en/playground.ts'
import { prices } from './en/prices.ts'
import { reasons } from './en/reasons.ts'
import { requests } from './en/requests.ts'
import { sessions } from './en/sessions.ts'
import { settings } from './en/settings.ts'
import { shell } from './en/shell.ts'
import { start } from './en/start.ts'
import { system } from './en/system.ts'

export const en = {
  ...shell,
  ...access,
  ...channels,
  ...dashboard,
  ...mappings,
  ...keys,
  ...sessions,
  ...myUsage,
  ...requests,
  ...reasons,
  ...settings,
  ...prices,
  ...operators,
  ...system,
  ...playground,
  ...start,
}

type Words<Tree> = { readonly [Key in keyof Tree]: Tree[Key] extends string ? string : Words<Tree[Key]> }

/** What a catalogue of any language holds: a missing or an additional key does not compile. */
export type Catalogue = Words<typeof en>
