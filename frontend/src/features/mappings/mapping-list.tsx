/** All mappings, or what holds on one channel: its own and the general ones that it does not replace. */
import { channelEndpoints } from '@claude-gateway/contract/channel.ts'
import { type MappingView, mappingEndpoints } from '@claude-gateway/contract/mapping.ts'
import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { useEndpoint } from '../../api/use-endpoint.ts'
import { Notice } from '../../components/notice.tsx'
import { useSearch } from '../../components/use-search.ts'
import styles from './mapping-list.module.css'
import { byPrecedence, rulesOn } from './mapping-reach.ts'
import { MappingTable } from './mapping-table.tsx'

export function MappingList({ mappings }: { mappings: readonly MappingView[] }) {
  const { t } = useTranslation()
  const { values, set } = useSearch(mappingEndpoints.list.query)
  const channels = useEndpoint(channelEndpoints.list, {}).data?.data ?? []
  const channelId = values.channel_id
  const shown = channelId === undefined ? [...mappings].sort(byPrecedence) : rulesOn(channelId, mappings)
  return (
    <>
      <div className={styles['filter']}>
        <Select<number>
          allowClear
          aria-label={t('mappings.channel')}
          placeholder={t('mappings.anyChannel')}
          options={channels.map(({ id, name }) => ({ value: id, label: name }))}
          value={channelId ?? null}
          popupMatchSelectWidth={false}
          onChange={(id) => set({ channel_id: id })}
        />
        <span>{t(channelId === undefined ? 'mappings.order' : 'mappings.orderOn')}</span>
      </div>
      {shown.length === 0 ? (
        <Notice title={t('mappings.noneOn')} hint={t('mappings.deleteHint')} />
      ) : (
        <MappingTable mappings={shown} all={mappings} channels={channels} />
      )}
    </>
  )
}
