/** The settings that operators changed, in `system_configs` as one JSON object; what is not in it is at its default. */
import { type Settings, type SettingsChange, settingsSchema } from '@claude-gateway/contract/settings.ts'
import { z } from 'zod'
import { bumpRevision, readConfig, writeConfig } from './configs.ts'
import type { Db } from './database.ts'
import { inTransaction } from './transaction.ts'

const NAME = 'settings'

const storedSchema = z
  .object({
    tag_headers: settingsSchema.shape.tag_headers.optional().catch(undefined),
    log_retention_days: settingsSchema.shape.log_retention_days.optional().catch(undefined),
    log_max_megabytes: settingsSchema.shape.log_max_megabytes.optional().catch(undefined),
    log_level: settingsSchema.shape.log_level.optional().catch(undefined),
    time_zone: settingsSchema.shape.time_zone.optional().catch(undefined),
  })
  .catch({})

/** Only what was set. A value that this version does not take, because another one wrote it, counts as not set. */
export async function readSettings(db: Db): Promise<Partial<Settings>> {
  return parse(await readConfig(db, NAME))
}

/** What is left out stays; null unsets. Answers what is set then. */
export function changeSettings(db: Db, change: SettingsChange): Promise<Partial<Settings>> {
  return inTransaction(db, async (transaction) => {
    await bumpRevision(transaction)
    const changed = { ...(await readSettings(transaction)), ...change }
    const kept = Object.fromEntries(
      Object.entries(changed).filter(([, value]) => value !== null && value !== undefined),
    )
    await writeConfig(transaction, NAME, JSON.stringify(kept))
    return parse(JSON.stringify(kept))
  })
}

function parse(json: string | undefined): Partial<Settings> {
  if (json === undefined) return {}
  const stored = Object.entries(storedSchema.parse(JSON.parse(json)))
  return Object.fromEntries(stored.filter(([, value]) => value !== undefined))
}
