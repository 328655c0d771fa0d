/** Which value of each setting is in force: the one that was set, else the default. */
import type { Settings } from '@claude-gateway/contract/settings.ts'

/** What the environment says of settings that it has defaults for. */
export interface SettingsEnvironment {
  readonly logRetentionDays: number
  readonly logMaxMegabytes: number
  readonly debug: boolean
}

export function defaultSettings({ logRetentionDays, logMaxMegabytes, debug }: SettingsEnvironment): Settings {
  return {
    tag_headers: ['x-gateway-tag'],
    log_retention_days: logRetentionDays,
    log_max_megabytes: logMaxMegabytes,
    log_level: debug ? 'debug' : 'info',
    time_zone: 'UTC',
  }
}

/** @param stored only what was set. */
export const effectiveSettings = (stored: Partial<Settings>, defaults: Settings): Settings => ({
  ...defaults,
  ...stored,
})
