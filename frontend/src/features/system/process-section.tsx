/** The running process: since when, what it deleted, and how much it writes to its log. */
import { type LogLevel, settingsEndpoints, settingsSchema } from '@claude-gateway/contract/settings.ts'
import type { SystemView } from '@claude-gateway/contract/system.ts'
import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useAction, useEndpoint } from '../../api/use-endpoint.ts'
import { FactList } from '../../components/fact-list.tsx'
import { Section } from '../../components/section.tsx'
import { TimeStamp } from '../../components/time-stamp.tsx'
import { useTell } from '../../components/use-tell.ts'
import { useFormats } from '../../i18n/use-formats.ts'
import styles from './system-page.module.css'

export function ProcessSection({ system }: { system: SystemView }) {
  const { t } = useTranslation()
  const { integer, dateTime } = useFormats()
  const { last_retention: run } = system
  const facts = [
    { label: t('system.version'), value: system.version },
    { label: t('system.node'), value: system.node_version },
    { label: t('system.started'), value: dateTime(system.started_at_ms) },
    {
      label: t('system.retention'),
      value: run ? (
        <>
          <TimeStamp timeMs={run.at_ms} /> · {t('system.deleted', { rows: integer(run.deleted.requests) })}
        </>
      ) : (
        t('system.retentionSoon')
      ),
    },
    { label: t('system.logLevel'), value: <LevelSelect /> },
  ]
  return (
    <Section title={t('system.process')}>
      <div className={styles['facts']}>
        <FactList facts={facts} />
      </div>
    </Section>
  )
}

/** The same setting as on the page of settings: here it is looked for when something is wrong. */
function LevelSelect() {
  const { t } = useTranslation()
  const tell = useTell()
  const level = useEndpoint(settingsEndpoints.read, {}).data?.log_level.value
  const change = useAction(settingsEndpoints.change, [settingsEndpoints.read])
  const options = settingsSchema.shape.log_level.options.map((value) => ({
    value,
    label: t(`settings.levels.${value}`),
  }))
  const save = (log_level: LogLevel) =>
    change.mutate(
      { body: { log_level } },
      { onSuccess: () => tell.done(t('act.saved')), onError: tell.failed },
    )
  return (
    <span className={styles['level']}>
      <Select<LogLevel>
        size="small"
        aria-label={t('system.logLevel')}
        options={options}
        value={change.isPending ? (change.variables.body?.log_level ?? null) : (level ?? null)}
        onChange={save}
      />
      <Link to="/settings">{t('system.moreSettings')}</Link>
    </span>
  )
}
