/** What can be said before anybody has signed in, in English: all that the sign-in page has to load. */
import { access } from './en/access.ts'
import { shell } from './en/shell.ts'

export const door = { ...shell, ...access }
