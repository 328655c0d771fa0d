/** Every setting with its effect, its unit, its default, and the way back to it. */
import type { SettingsView } from '@claude-gateway/contract/settings.ts'
import { useTranslation } from 'react-i18next'
import { Section } from '../../components/section.tsx'
import { useFormats } from '../../i18n/use-formats.ts'
import { LevelField, NumberField, TagHeadersField, ZoneField } from './setting-fields.tsx'
import { SettingRow } from './setting-row.tsx'

export function SettingList({ settings }: { settings: SettingsView }) {
  const { t } = useTranslation()
  const { integer } = useFormats()
  const days = (value: number) =>
    value === 0 ? t('settings.forGood') : t('settings.days', { count: value, days: integer(value) })
  const megabytes = (value: number) =>
    value === 0 ? t('settings.noLimit') : t('settings.megabytes', { megabytes: integer(value) })
  return (
    <Section title={t('settings.general')}>
      <SettingRow
        name="time_zone"
        setting={settings.time_zone}
        show={(zone) => zone.replaceAll('_', ' ')}
        field={(props) => <ZoneField {...props} />}
      />
      <SettingRow
        name="log_retention_days"
        setting={settings.log_retention_days}
        show={days}
        field={(props) => <NumberField {...props} unit={t('settings.unitDays')} />}
      />
      <SettingRow
        name="log_max_megabytes"
        setting={settings.log_max_megabytes}
        show={megabytes}
        field={(props) => <NumberField {...props} unit={t('settings.unitMegabytes')} />}
      />
      <SettingRow
        name="tag_headers"
        setting={settings.tag_headers}
        show={(headers) => headers.join(', ') || t('settings.noHeaders')}
        field={(props) => <TagHeadersField {...props} />}
      />
      <SettingRow
        name="log_level"
        setting={settings.log_level}
        show={(level) => t(`settings.levels.${level}`)}
        field={(props) => <LevelField {...props} />}
      />
    </Section>
  )
}
