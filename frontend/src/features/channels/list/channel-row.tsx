/** One channel: what it is, how it fares, what can be done to it. */
import type { ChannelView } from '@claude-gateway/contract/channel.ts'
import { useTranslation } from 'react-i18next'
import { ModelPatterns } from '../../../components/model-patterns.tsx'
import { usePanel } from '../../../components/use-panel.ts'
import { ChannelStateLine } from '../channel-state-line.tsx'
import { ChannelActions } from './channel-actions.tsx'
import styles from './channel-row.module.css'
import { ChannelUsage, type ChannelUsageView } from './channel-usage.tsx'

interface ChannelRowProps {
  channel: ChannelView
  usage: ChannelUsageView | undefined
}

export function ChannelRow({ channel, usage }: ChannelRowProps) {
  const { t } = useTranslation()
  const edit = usePanel('edit')
  return (
    <li className={styles['row']} data-state={channel.state.state}>
      <div className={styles['what']}>
        <div className={styles['title']}>
          <button type="button" className={styles['name']} onClick={() => edit.open(channel.id)}>
            {channel.name}
          </button>
          <ChannelStateLine state={channel.state} />
        </div>
        <code className={styles['url']}>{channel.messages_url}</code>
        <div className={styles['facts']}>
          <code>{channel.api_key_hint}</code>
          <ModelPatterns models={channel.models} all={t('channels.allModels')} />
          {channel.proxy_url === null ? null : <span>{t('channels.via', { proxy: channel.proxy_url })}</span>}
        </div>
        {channel.state.reason === null ? null : <p className={styles['reason']}>{channel.state.reason}</p>}
      </div>
      <ChannelUsage usage={usage} />
      <ChannelActions channel={channel} />
    </li>
  )
}
