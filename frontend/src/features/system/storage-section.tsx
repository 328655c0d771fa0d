/** What is stored, and when the limits of the log will be reached. */
import { settingsEndpoints } from '@claude-gateway/contract/settings.ts'
import type { StorageView, SystemView } from '@claude-gateway/contract/system.ts'
import { useTranslation } from 'react-i18next'
import { useEndpoint } from '../../api/use-endpoint.ts'
import { FactList } from '../../components/fact-list.tsx'
import { Meter } from '../../components/meter.tsx'
import { Section } from '../../components/section.tsx'
import { TimeStamp } from '../../components/time-stamp.tsx'
import { useFormats } from '../../i18n/use-formats.ts'
import styles from './system-page.module.css'
import { useBytes } from './use-bytes.ts'

const MEGABYTE = 1_000_000
/** Nobody plans further ahead. */
const FORESEEABLE_DAYS = 730

export function StorageSection({ system: { storage } }: { system: SystemView }) {
  const { t } = useTranslation()
  const { oldest_log_at_ms: oldest } = storage
  const facts = [
    { label: t('system.engine'), value: t(`system.engines.${storage.engine}`) },
    {
      label: t('system.oldest'),
      value: oldest === null ? t('system.noRows') : <TimeStamp timeMs={oldest} />,
    },
  ]
  return (
    <Section title={t('system.storage')}>
      <div className={styles['facts']}>
        <FactList facts={facts} />
      </div>
      <Fill storage={storage} />
    </Section>
  )
}

/** How much of what the log may take it takes. */
function Fill({ storage }: { storage: StorageView }) {
  const { t } = useTranslation()
  const bytes = useBytes()
  const { integer } = useFormats()
  const settings = useEndpoint(settingsEndpoints.read, {}).data
  const limit = (settings?.log_max_megabytes.value ?? 0) * MEGABYTE
  if (limit === 0) return null
  const left = limit - storage.log_bytes
  const days = storage.log_bytes_per_day > 0 ? Math.floor(left / storage.log_bytes_per_day) : null
  const isNear = days !== null && days >= 0 && days <= FORESEEABLE_DAYS
  return (
    <div className={styles['growth']}>
      <Meter
        label={t('system.logSize')}
        name={t('system.logSize')}
        share={storage.log_bytes / limit}
        words={t('system.ofLimit', { used: bytes(storage.log_bytes), limit: bytes(limit) })}
        note={isNear ? t('system.fullIn', { count: days, days: integer(days) }) : null}
      />
    </div>
  )
}
