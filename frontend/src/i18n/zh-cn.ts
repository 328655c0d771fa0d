/** Every string of the console, in Simplified Chinese. */
import type { Catalogue } from './en.ts'
import { access } from './zh-cn/access.ts'
import { channels } from './zh-cn/channels.ts'
import { dashboard } from './zh-cn/dashboard.ts'
import { keys } from './zh-cn/keys.ts'
import { mappings } from './zh-cn/mappings.ts'
import { myUsage } from './zh-cn/my-usage.ts'
import { operators } from './zh-cn/operators.ts'
import { playground } from './zh-cn/playground.ts'
import { prices } from './zh-cn/prices.ts'
import { reasons } from './zh-cn/reasons.ts'
import { requests } from './zh-cn/requests.ts'
import { sessions } from './zh-cn/sessions.ts'
import { settings } from './zh-cn/settings.ts'
import { shell } from './zh-cn/shell.ts'
import { start } from './zh-cn/start.ts'
import { system } from './zh-cn/system.ts'

export const zhCn: Catalogue = {
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
