/** The time zone that counts where a question, or a new key, names none: the setting. */
import { effectiveSettings } from '../domain/settings.ts'
import { readSettings } from '../store/settings.ts'
import type { AdminContext } from './context.ts'

interface MayNameZone {
  readonly time_zone?: string | undefined
}

/** What was given, with the set time zone where it names none. */
export async function withTimeZone<Given extends MayNameZone>(
  { store, settingDefaults }: AdminContext,
  given: Given,
): Promise<Given & { time_zone: string }> {
  if (given.time_zone !== undefined) return { ...given, time_zone: given.time_zone }
  const { time_zone } = effectiveSettings(await readSettings(store.db), settingDefaults)
  return { ...given, time_zone }
}
