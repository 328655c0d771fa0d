/** The channels, in the order in which they are tried, with everything that can be done to them. */
import { PlusOutlined } from '@ant-design/icons'
import { channelEndpoints } from '@claude-gateway/contract/channel.ts'
import { statsEndpoints } from '@claude-gateway/contract/stats.ts'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useEndpoint } from '../../api/use-endpoint.ts'
import { LinkButton } from '../../components/link-button.tsx'
import { Notice } from '../../components/notice.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { QueryView } from '../../components/query-view.tsx'
import { usePanel } from '../../components/use-panel.ts'
import { ChannelPanels } from './channel-panels.tsx'
import { BulkBar } from './list/bulk-bar.tsx'
import { ChannelList } from './list/channel-list.tsx'
import { useSelection } from './list/use-selection.ts'

const STATE_EVERY_MS = 5000
const USAGE_EVERY_MS = 30_000

export function ChannelsPage() {
  const { t } = useTranslation()
  const edit = usePanel('edit')
  const selection = useSelection()
  const channels = useEndpoint(channelEndpoints.list, {}, { everyMs: STATE_EVERY_MS })
  const sinceMidnight = { group_by: 'channel', from: new Date().setHours(0, 0, 0, 0) } as const
  const usage = useEndpoint(statsEndpoints.read, { query: sinceMidnight }, { everyMs: USAGE_EVERY_MS })
  const add = (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => edit.open('new')}>
      {t('channels.add')}
    </Button>
  )
  const toStart = (
    <LinkButton type="primary" to="/start">
      {t('nav.pages.start')}
    </LinkButton>
  )
  return (
    <>
      <PageHeader title={t('channels.title')} lead={t('channels.lead')}>
        {add}
      </PageHeader>
      <QueryView query={channels}>
        {({ data }) =>
          data.length === 0 ? (
            <Notice title={t('channels.empty')} hint={t('channels.emptyHint')} action={toStart} />
          ) : (
            <>
              <ChannelList channels={data} usage={usage.data?.groups ?? []} selection={selection} />
              <BulkBar channels={data} selection={selection} />
            </>
          )
        }
      </QueryView>
      {channels.data ? <ChannelPanels channels={channels.data.data} /> : null}
    </>
  )
}
