/** One channel: how it is and was, what it did, what it calls models, how it is set up. */
import { type ChannelView, channelEndpoints } from '@claude-gateway/contract/channel.ts'
import { idSchema } from '@claude-gateway/contract/common.ts'
import { useTranslation } from 'react-i18next'
import { useNavigate, useParams } from 'react-router'
import { useEndpoint } from '../../api/use-endpoint.ts'
import { LinkButton } from '../../components/link-button.tsx'
import { Notice } from '../../components/notice.tsx'
import { QueryView } from '../../components/query-view.tsx'
import styles from './channel-page.module.css'
import { ChannelPanels } from './channel-panels.tsx'
import { ChannelHead } from './detail/channel-head.tsx'
import { ChannelHealth } from './detail/channel-health.tsx'
import { ChannelMappings } from './detail/channel-mappings.tsx'
import { ChannelSettings } from './detail/channel-settings.tsx'
import { DailyUsage } from './detail/daily-usage.tsx'

const STATE_EVERY_MS = 5000

export function ChannelPage() {
  const id = idSchema.safeParse(useParams()['id'])
  return id.success ? <ChannelOf key={id.data} id={id.data} /> : <NoChannel />
}

function ChannelOf({ id }: { id: number }) {
  const channel = useEndpoint(channelEndpoints.get, { params: { id } }, { everyMs: STATE_EVERY_MS })
  if (channel.error?.status === 404) return <NoChannel />
  return <QueryView query={channel}>{(data) => <Shown channel={data} />}</QueryView>
}

function Shown({ channel }: { channel: ChannelView }) {
  const go = useNavigate()
  const { id } = channel
  return (
    <>
      <ChannelHead channel={channel} />
      <div className={styles['sections']}>
        <ChannelHealth id={id} createdAtMs={channel.created_at_ms} />
        <DailyUsage id={id} />
        <div className={styles['pair']}>
          <ChannelSettings channel={channel} />
          <ChannelMappings id={id} />
        </div>
      </div>
      <ChannelPanels channels={[channel]} onDeleted={() => void go('/channels', { replace: true })} />
    </>
  )
}

function NoChannel() {
  const { t } = useTranslation()
  const action = <LinkButton to="/channels">{t('channels.toList')}</LinkButton>
  return <Notice title={t('channels.gone')} hint={t('channels.goneHint')} action={action} />
}
