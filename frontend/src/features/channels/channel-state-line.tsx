/** A channel's state in a word, and until when it holds. */
import type { ChannelState } from '@claude-gateway/contract/channel.ts'
import { useTranslation } from 'react-i18next'
import { StateDot, type Tone } from '../../components/state-dot.tsx'
import { useFormats } from '../../i18n/use-formats.ts'

const TONES = {
  active: 'good',
  disabled: 'off',
  paused: 'off',
  limited: 'warn',
  overloaded: 'warn',
  half_open: 'warn',
  model_missing: 'warn',
  unreachable: 'bad',
  open: 'bad',
  out_of_credit: 'bad',
  credential_refused: 'bad',
} as const satisfies Record<ChannelState['state'], Tone>

export function ChannelStateLine({ state }: { state: ChannelState }) {
  const { t } = useTranslation()
  const { clock } = useFormats()
  const word = t(`channels.states.${state.state}`)
  const until = state.until_ms === null ? '' : `, ${t('channels.until', { time: clock(state.until_ms) })}`
  return <StateDot tone={TONES[state.state]}>{word + until}</StateDot>
}
