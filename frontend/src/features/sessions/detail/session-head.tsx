/** The head of a session: whose it is, when it was, what it came to. */
import type { SessionDetail } from '@claude-gateway/contract/session.ts'
import { Alert } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { DetailHead } from '../../../components/detail-head.tsx'
import { FigureBand } from '../../../components/figure-band.tsx'
import { TimeStamp } from '../../../components/time-stamp.tsx'
import { useFormats } from '../../../i18n/use-formats.ts'
import styles from './session-head.module.css'

export function SessionHead({ session }: { session: SessionDetail }) {
  const { t } = useTranslation()
  const { integer, moment } = useFormats()
  const { session_id, key_id, key_name, first_at_ms, last_at_ms } = session
  const gone = session.requests - session.requests_in_log
  return (
    <DetailHead back={{ to: '/sessions', label: t('sessions.title') }} title={<code>{session_id}</code>}>
      <p className={styles['lead']}>
        {key_name === null ? (
          t('sessions.deletedKey', { id: key_id })
        ) : (
          <Link to={`/keys/${key_id}`}>{key_name}</Link>
        )}
        {' · '}
        {t('session.times', { from: moment(first_at_ms, Date.now()) })} <TimeStamp timeMs={last_at_ms} />
        {session.last_model === null ? null : ` · ${session.last_model}`}
        {session.last_client === null ? null : ` · ${session.last_client}`}
      </p>
      <div className={styles['figures']}>
        <Figures session={session} />
      </div>
      {gone > 0 ? (
        <Alert
          type="info"
          showIcon
          title={t('session.gone', { number: integer(gone), left: integer(session.requests_in_log) })}
        />
      ) : null}
    </DetailHead>
  )
}

function Figures({ session }: { session: SessionDetail }) {
  const { t } = useTranslation()
  const { integer, cost, percent, compact } = useFormats()
  const { usage } = session
  const tokens = Object.values(usage).reduce((sum, one) => sum + one, 0) - usage.web_search_requests
  const saved = session.uncached_cost_nano_usd - session.cost_nano_usd
  const figures = [
    { name: 'cost', value: cost(session.cost_nano_usd) },
    { name: 'saved', value: cost(Math.max(0, saved)) },
    { name: 'cached', value: session.cache_hit_share === null ? '–' : percent(session.cache_hit_share) },
    { name: 'requests', value: integer(session.requests) },
    { name: 'failed', value: integer(session.failed) },
    { name: 'tokens', value: compact(tokens) },
    { name: 'agents', value: integer(session.agents.length - 1 + session.agents_left_out) },
    { name: 'compactions', value: integer(session.compactions) },
  ] as const
  return (
    <FigureBand
      label={t('session.sum')}
      figures={figures.map(({ name, value }) => ({ name: t(`session.figures.${name}`), value }))}
      columns={[8, 4, 2]}
    />
  )
}
