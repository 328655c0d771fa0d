/** The sessions in which a key was used last. */
import { sessionEndpoints } from '@claude-gateway/contract/session.ts'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useEndpoint } from '../../../api/use-endpoint.ts'
import { QueryView } from '../../../components/query-view.tsx'
import { Section } from '../../../components/section.tsx'
import { TimeStamp } from '../../../components/time-stamp.tsx'
import { useFormats } from '../../../i18n/use-formats.ts'
import styles from './key-sessions.module.css'

const EVERY_MS = 15_000
const SHOWN = 6

export function KeySessions({ id }: { id: number }) {
  const { t } = useTranslation()
  const { cost, integer, percent } = useFormats()
  const query = { key_id: id, limit: SHOWN }
  const sessions = useEndpoint(sessionEndpoints.list, { query }, { everyMs: EVERY_MS })
  return (
    <Section
      title={t('keyPage.sessions')}
      aside={<Link to={`/sessions?key_id=${id}`}>{t('keyPage.allSessions')}</Link>}
    >
      <QueryView query={sessions}>
        {({ data }) =>
          data.length === 0 ? (
            <p className={styles['none']}>{t('keyPage.noSessions')}</p>
          ) : (
            <ul className={styles['sessions']}>
              {data.map((session) => (
                <li key={session.session_id}>
                  <Link to={`/sessions/${encodeURIComponent(session.session_id)}?key_id=${id}`}>
                    <code>{session.session_id}</code>
                  </Link>
                  <span>{cost(session.cost_nano_usd)}</span>
                  <small>
                    <TimeStamp timeMs={session.last_at_ms} /> ·{' '}
                    {t('keyPage.requests', {
                      count: session.requests,
                      number: integer(session.requests),
                    })}
                    {session.cache_hit_share === null
                      ? null
                      : ` · ${t('requests.cached', { share: percent(session.cache_hit_share) })}`}
                  </small>
                </li>
              ))}
            </ul>
          )
        }
      </QueryView>
    </Section>
  )
}
