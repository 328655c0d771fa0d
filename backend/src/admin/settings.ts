/** Settings: read them, change some. */
import type { Settings, SettingsView, settingsEndpoints } from '@claude-gateway/contract/settings.ts'
import { effectiveSettings } from '../domain/settings.ts'
import { changeSettings, readSettings } from '../store/settings.ts'
import { changed } from './audit.ts'
import type { HandlersOf } from './handler.ts'

export const settingsHandlers: HandlersOf<typeof settingsEndpoints> = {
  async read(context) {
    return view(await readSettings(context.store.db), context.settingDefaults)
  },

  async change(context, { body }, call) {
    const stored = await changeSettings(context.store.db, body)
    // Settings hold no secret: what they were changed to is worth knowing later.
    await changed(context, call, 'settings changed', { ...body })
    return view(stored, context.settingDefaults)
  },
}

function view(stored: Partial<Settings>, defaults: Settings): SettingsView {
  const values = effectiveSettings(stored, defaults)
  const isSet = (name: keyof Settings): boolean => stored[name] !== undefined
  return {
    tag_headers: {
      value: values.tag_headers,
      default: defaults.tag_headers,
      is_set: isSet('tag_headers'),
    },
    log_retention_days: {
      value: values.log_retention_days,
      default: defaults.log_retention_days,
      is_set: isSet('log_retention_days'),
    },
    log_max_megabytes: {
      value: values.log_max_megabytes,
      default: defaults.log_max_megabytes,
      is_set: isSet('log_max_megabytes'),
    },
    log_level: { value: values.log_level, default: defaults.log_level, is_set: isSet('log_level') },
    time_zone: { value: values.time_zone, default: defaults.time_zone, is_set: isSet('time_zone') },
  }
}
