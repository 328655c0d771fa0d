/** One channel: what it is, how it fares, what can be done to it. */
import { HolderOutlined } from '@ant-design/icons'
import type { ChannelView } from '@claude-gateway/contract/channel.ts'
import type { StatsGroup } from '@claude-gateway/contract/stats.ts'
import { Checkbox } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { ChannelStateLine } from '../../../components/channel-state/channel-state-line.tsx'
import { ModelPatterns } from '../../../components/model-patterns.tsx'
import { useFormats } from '../../../i18n/use-formats.ts'
import { ChannelReason } from '../state/channel-reason.tsx'
import { ChannelActions } from './channel-actions.tsx'
import styles from './channel-row.module.css'
import { shareOf, type Tier } from './channel-tiers.ts'
import { ChannelUsage } from './channel-usage.tsx'
import type { Reorder } from './use-reorder.ts'
import type { Selection } from './use-selection.ts'

interface ChannelRowProps {
  channel: ChannelView
  tier: Tier
  usage: StatsGroup | undefined
  selection: Selection
  reorder: Reorder
}

export function ChannelRow({ channel, tier, usage, selection, reorder }: ChannelRowProps) {
  const { t } = useTranslation()
  const { id, name } = channel
  return (
    <li className={styles['row']} data-state={channel.state.state} data-held={reorder.held?.id === id}>
      <div className={styles['holds']}>
        <button
          type="button"
          className={styles['grip']}
          data-grip={id}
          aria-label={t('channels.move', { name })}
          aria-describedby="move-hint"
          {...reorder.grip(channel)}
        >
          <HolderOutlined aria-hidden="true" />
        </button>
        <Checkbox
          checked={selection.ids.has(id)}
          onChange={() => selection.toggle(id)}
          aria-label={t('channels.select', { name })}
        />
      </div>
      <div className={styles['what']}>
        <div className={styles['title']}>
          <Link to={`/channels/${id}`} className={styles['name']}>
            {name}
          </Link>
          <ChannelStateLine state={channel.state} />
        </div>
        <code className={styles['url']}>{channel.messages_url}</code>
        <ChannelFacts channel={channel} tier={tier} />
        <ChannelReason channel={channel} />
      </div>
      <ChannelUsage usage={usage} />
      <ChannelActions channel={channel} />
    </li>
  )
}

function ChannelFacts({ channel, tier }: { channel: ChannelView; tier: Tier }) {
  const { t } = useTranslation()
  const { percent } = useFormats()
  const share = shareOf(channel, tier)
  return (
    <div className={styles['facts']}>
      <code>{channel.api_key_hint}</code>
      <ModelPatterns models={channel.models} all={t('channels.allModels')} />
      {share === null ? null : <span>{t('channels.share', { share: percent(share) })}</span>}
      {channel.proxy_url === null ? null : <span>{t('channels.via', { proxy: channel.proxy_url })}</span>}
    </div>
  )
}
