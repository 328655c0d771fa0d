/** One session: what it came to, its requests along time, its agents as a tree, its prompts. */
import { sessionEndpoints } from '@claude-gateway/contract/session.ts'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { useEndpoint } from '../../api/use-endpoint.ts'
import { LinkButton } from '../../components/link-button.tsx'
import { Notice } from '../../components/notice.tsx'
import { QueryView } from '../../components/query-view.tsx'
import { useSearch } from '../../components/use-search.ts'
import { AgentTree } from './detail/agent-tree.tsx'
import { PromptList } from './detail/prompt-list.tsx'
import { SessionHead } from './detail/session-head.tsx'
import styles from './session-page.module.css'
import { SessionTimeline } from './timeline/session-timeline.tsx'

const EVERY_MS = 10_000

export function SessionPage() {
  const { t } = useTranslation()
  const { id = '' } = useParams()
  const { values: query } = useSearch(sessionEndpoints.get.query)
  const session = useEndpoint(sessionEndpoints.get, { params: { id }, query }, { everyMs: EVERY_MS })
  if (session.error?.status === 404) {
    const action = <LinkButton to="/sessions">{t('session.toList')}</LinkButton>
    return <Notice title={t('session.none')} hint={t('session.noneHint')} action={action} />
  }
  return (
    <QueryView query={session}>
      {(found) => (
        <>
          <SessionHead session={found} />
          <div className={styles['sections']}>
            <SessionTimeline session={found} />
            <div className={styles['pair']}>
              <AgentTree session={found} />
              <PromptList session={found} />
            </div>
          </div>
        </>
      )}
    </QueryView>
  )
}
