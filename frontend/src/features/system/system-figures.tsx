/** The installation in four figures: how long it runs, what it stores, and whether everything is written. */
import type { SystemView } from '@claude-gateway/contract/system.ts'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { FigureBand } from '../../components/figure-band.tsx'
import { StateDot } from '../../components/state-dot.tsx'
import { useFormats } from '../../i18n/use-formats.ts'
import { useBytes } from './use-bytes.ts'

/** More waits only while the database is slow or away. */
const MANY_WAITING = 1000
const MINUTE_MS = 60_000

export function SystemFigures({ system }: { system: SystemView }) {
  const { t } = useTranslation()
  const { integer, moment } = useFormats()
  const bytes = useBytes()
  const uptime = useUptime()
  const { storage, journal_waiting: waiting, started_at_ms: started } = system
  const figures = [
    {
      name: t('system.uptime'),
      value: uptime(system.uptime_ms),
      note: t('system.since', { time: moment(started, Date.now()) }),
    },
    {
      name: t('system.rows'),
      value: <Link to="/requests">{integer(storage.log_rows)}</Link>,
      note: t('system.rowsADay', { rows: integer(Math.round(storage.log_rows_per_day)) }),
    },
    {
      name: t('system.database'),
      value: bytes(storage.database_bytes),
      note: t('system.bytesADay', { bytes: bytes(storage.log_bytes_per_day) }),
    },
    {
      name: t('system.journal'),
      value: integer(waiting),
      note: (
        <StateDot tone={waiting >= MANY_WAITING ? 'warn' : 'good'}>
          {waiting === 0 ? t('system.journalEmpty') : t('system.journalWaiting', { count: waiting })}
        </StateDot>
      ),
    },
  ]
  return <FigureBand label={t('system.glance')} figures={figures} columns={[4, 4, 2]} />
}

function useUptime(): (ms: number) => string {
  const { t } = useTranslation()
  return (ms) => {
    const minutes = Math.floor(ms / MINUTE_MS)
    const [days, hours] = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24]
    if (days > 0) return t('system.daysHours', { days, hours })
    return hours > 0
      ? t('system.hoursMinutes', { hours, minutes: minutes % 60 })
      : t('system.minutes', { minutes })
  }
}
