/** Under which names a channel asks for models: its own mappings, and those that hold for every channel. */
import { type MappingView, mappingEndpoints } from '@claude-gateway/contract/mapping.ts'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useEndpoint } from '../../../api/use-endpoint.ts'
import { QueryView } from '../../../components/query-view.tsx'
import { Section } from '../../../components/section.tsx'
import styles from './channel-mappings.module.css'

export function ChannelMappings({ id }: { id: number }) {
  const { t } = useTranslation()
  const mappings = useEndpoint(mappingEndpoints.list, {})
  const isIts = ({ channel_id }: MappingView) => channel_id === id || channel_id === null
  return (
    <Section
      title={t('channelMappings.title')}
      aside={<Link to={`/mappings?channel_id=${id}`}>{t('channelMappings.all')}</Link>}
    >
      <QueryView query={mappings}>{({ data }) => <Mappings mappings={data.filter(isIts)} />}</QueryView>
    </Section>
  )
}

function Mappings({ mappings }: { mappings: readonly MappingView[] }) {
  const { t } = useTranslation()
  if (mappings.length === 0) return <p className={styles['none']}>{t('channelMappings.none')}</p>
  const ownFirst = mappings.toSorted((a, b) => Number(a.channel_id === null) - Number(b.channel_id === null))
  return (
    <ul className={styles['mappings']}>
      {ownFirst.map(({ id, channel_id, display_model, upstream_model }) => (
        <li key={id}>
          <code>{display_model}</code>
          <span aria-hidden="true">→</span>
          <span className="visually-hidden">{t('channelMappings.becomes')}</span>
          <code>{upstream_model}</code>
          {channel_id === null ? <small>{t('channelMappings.everyChannel')}</small> : null}
        </li>
      ))}
    </ul>
  )
}
