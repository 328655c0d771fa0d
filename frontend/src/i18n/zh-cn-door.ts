/** What can be said before anybody has signed in, in Simplified Chinese. */
import { access } from './zh-cn/access.ts'
import { shell } from './zh-cn/shell.ts'

export const door = { ...shell, ...access }
