/** Why a channel is in the state that it is in, what that means, and the way out of it. */
import type { ChannelView } from '@claude-gateway/contract/channel.ts'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { hasDetail, STATE_TONES } from '../../../components/channel-state/channel-states.ts'
import { useReasonWords } from '../../../i18n/use-reason-words.ts'
import { useChannelCommands } from '../commands/use-channel-commands.ts'
import styles from './channel-reason.module.css'

export function ChannelReason({ channel }: { channel: ChannelView }) {
  const { t } = useTranslation()
  const { clear, pending } = useChannelCommands()
  const say = useReasonWords()
  const { state: name, reason, reason_parts } = channel.state
  if (name === 'active' || name === 'disabled') return null
  const detail = reason !== null && hasDetail(channel.state) ? say(reason_parts, reason) : null
  const label = t(name === 'paused' ? 'channels.resume' : 'channels.clear')
  return (
    <div className={styles['reason']} data-tone={STATE_TONES[name]}>
      <p>{t(`channels.reasons.${name}`)}</p>
      {detail === null ? null : <p className={styles['detail']}>{detail}</p>}
      <Button
        size="small"
        loading={pending}
        aria-label={`${label}: ${channel.name}`}
        onClick={() => void clear([channel])}
      >
        {label}
      </Button>
    </div>
  )
}
