/** A channel's state in a word, and until when it holds. */
import type { ChannelState } from '@claude-gateway/contract/channel.ts'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../i18n/use-formats.ts'
import { StateDot } from '../state-dot.tsx'
import { STATE_TONES } from './channel-states.ts'

export function ChannelStateLine({ state: { state, until_ms } }: { state: ChannelState }) {
  const { t } = useTranslation()
  const { moment } = useFormats()
  const word = t(`channels.states.${state}`)
  const words = until_ms === null ? word : t('channels.until', { word, time: moment(until_ms, Date.now()) })
  return <StateDot tone={STATE_TONES[state]}>{words}</StateDot>
}
