/** Tiers of channels down a rail: a larger priority stands higher and is tried sooner. */
import type { ChannelView } from '@claude-gateway/contract/channel.ts'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../../i18n/use-formats.ts'
import styles from './channel-list.module.css'
import { ChannelRow } from './channel-row.tsx'
import { type Tier, tiersOf } from './channel-tiers.ts'
import type { ChannelUsageView } from './channel-usage.tsx'

interface ChannelListProps {
  channels: readonly ChannelView[]
  /** What each channel did in the last 24 hours. */
  usage: readonly ChannelUsageView[]
}

export function ChannelList({ channels, usage }: ChannelListProps) {
  const usageOf = new Map(usage.map((group) => [group.group, group]))
  return (
    <ol className={styles['tiers']}>
      {tiersOf(channels).map((tier) => (
        <li key={tier.priority}>
          <TierHead tier={tier} />
          <ul className={styles['channels']}>
            {tier.channels.map((channel) => (
              <ChannelRow key={channel.id} channel={channel} usage={usageOf.get(String(channel.id))} />
            ))}
          </ul>
        </li>
      ))}
    </ol>
  )
}

function TierHead({ tier }: { tier: Tier }) {
  const { t } = useTranslation()
  const { integer } = useFormats()
  return (
    <h2 className={styles['head']}>
      <span className="visually-hidden">{t('channels.priority')} </span>
      <span className={styles['priority']}>{integer(tier.priority)}</span>
      <span className={styles['turn']}>{t(`channels.turns.${tier.turn}`)}</span>
    </h2>
  )
}
