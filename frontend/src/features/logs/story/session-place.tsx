/** Where a request stands in its conversation: session, agent, turn, and the tags it came with. */
import type { RequestLogView } from '@claude-gateway/contract/request-log.ts'
import { Tag } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { FactList } from '../../../components/fact-list.tsx'
import styles from './session-place.module.css'

const code = (value: string | null) => (value === null ? null : <code>{value}</code>)
const searchFor = (name: string, value: string) => `?${new URLSearchParams({ [name]: value })}`

export function SessionPlace({ request }: { request: RequestLogView }) {
  const { t } = useTranslation()
  const { session_id, agent_id, tags } = request
  const facts = [
    { label: t('request.session'), value: session_id === null ? null : <SessionLink id={session_id} /> },
    { label: t('place.class'), value: request.request_class },
    { label: t('place.agentType'), value: request.agent_type },
    {
      label: t('request.agent'),
      value: agent_id === null ? null : <Link to={searchFor('agent_id', agent_id)}>{code(agent_id)}</Link>,
    },
    { label: t('place.parent'), value: code(request.parent_agent_id) },
    { label: t('place.prompt'), value: code(request.prompt_id) },
    { label: t('place.compaction'), value: request.is_compaction ? t('place.isCompaction') : null },
    { label: t('place.tags'), value: tags === null ? null : <Tags tags={tags} /> },
  ]
  if (facts.every(({ value }) => value === null)) return <p className={styles['none']}>{t('place.none')}</p>
  return <FactList facts={facts} />
}

function SessionLink({ id }: { id: string }) {
  const { t } = useTranslation()
  return (
    <span className={styles['session']}>
      <Link to={`/sessions/${encodeURIComponent(id)}`}>{code(id)}</Link>
      <Link to={searchFor('session_id', id)}>{t('place.itsRequests')}</Link>
    </span>
  )
}

function Tags({ tags }: { tags: Readonly<Record<string, string>> }) {
  return (
    <span className={styles['tags']}>
      {Object.entries(tags).map(([name, value]) => (
        <Link key={name} to={searchFor('tag', `${name}=${value}`)}>
          <Tag>
            {name}: {value}
          </Tag>
        </Link>
      ))}
    </span>
  )
}
