/** The time zone that counts where a question, or a new key, names none: the setting. */
import type { Settings } from '@claude-gateway/contract/settings.ts'
import { effectiveSettings } from '../domain/settings.ts'
import type { Db } from '../store/database.ts'
import { readSettings } from '../store/settings.ts'

interface MayNameZone {
  readonly time_zone?: string | undefined
}

interface SettingsAt {
  /** Where they are read. */
  readonly db: Db
  readonly settingDefaults: Settings
}

/** What was given, with the set time zone where it names none. */
export async function withTimeZone<Given extends MayNameZone>(
  { db, settingDefaults }: SettingsAt,
  given: Given,
): Promise<Given & { time_zone: string }> {
  if (given.time_zone !== undefined) return { ...given, time_zone: given.time_zone }
  const { time_zone } = effectiveSettings(await readSettings(db), settingDefaults)
  return { ...given, time_zone }
}
