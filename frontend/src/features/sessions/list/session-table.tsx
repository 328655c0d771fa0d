/** Sessions as rows; each opens all of one. */
import type { SessionSummary } from '@claude-gateway/contract/session.ts'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { type Column, DataTable } from '../../../components/data-table.tsx'
import { ShareBar } from '../../../components/share-bar.tsx'
import { TimeStamp } from '../../../components/time-stamp.tsx'
import type { Formats } from '../../../i18n/formats.ts'
import { useFormats } from '../../../i18n/use-formats.ts'
import styles from './session-table.module.css'

const addressOf = ({ session_id, key_id }: SessionSummary) =>
  `/sessions/${encodeURIComponent(session_id)}?key_id=${key_id}`

/** @param most what the costliest of them cost, against which the others are drawn */
const columns = (t: TFunction, formats: Formats, most: number): Column<SessionSummary>[] => [
  {
    key: 'session',
    title: t('sessions.session'),
    onCard: 'head',
    cell: (session) => (
      <div className={styles['identity']}>
        <Link to={addressOf(session)} onClick={(event) => event.stopPropagation()}>
          <code>{session.session_id}</code>
        </Link>
        <small>
          {[session.key_name ?? t('sessions.deletedKey', { id: session.key_id }), session.last_client]
            .filter(Boolean)
            .join(' · ')}
        </small>
      </div>
    ),
  },
  { key: 'when', title: t('sessions.lastUsed'), cell: ({ last_at_ms }) => <TimeStamp timeMs={last_at_ms} /> },
  { key: 'model', title: t('requests.model'), cell: ({ last_model }) => last_model ?? t('requests.noModel') },
  {
    key: 'requests',
    title: t('sessions.requests'),
    align: 'end',
    cell: ({ requests, failed }) => (
      <div className={styles['stack']}>
        {formats.integer(requests)}
        {failed > 0 ? (
          <small className={styles['bad']}>{t('session.failed', { number: failed })}</small>
        ) : null}
      </div>
    ),
  },
  {
    key: 'cached',
    title: t('sessions.cached'),
    align: 'end',
    cell: ({ cache_hit_share: share }) => (share === null ? '–' : formats.percent(share)),
  },
  {
    key: 'cost',
    title: t('requests.cost'),
    align: 'end',
    cell: ({ cost_nano_usd }) => (
      <span className={styles['cost']}>
        {formats.cost(cost_nano_usd)}
        <ShareBar share={cost_nano_usd / most} />
      </span>
    ),
  },
]

export function SessionTable({ sessions }: { sessions: readonly SessionSummary[] }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const go = useNavigate()
  const most = Math.max(1, ...sessions.map(({ cost_nano_usd }) => cost_nano_usd))
  return (
    <DataTable
      label={t('sessions.title')}
      columns={columns(t, formats, most)}
      rows={sessions}
      rowKey={({ session_id, key_id }) => `${key_id} ${session_id}`}
      onOpen={(session) => void go(addressOf(session))}
    />
  )
}
