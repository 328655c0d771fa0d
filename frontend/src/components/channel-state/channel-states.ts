/** What the states of a channel look like, and which of them can be ended by hand. */
import type { ChannelState } from '@claude-gateway/contract/channel.ts'
import type { Tone } from '../state-dot.tsx'

export type StateName = ChannelState['state']

export const STATE_TONES = {
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
} as const satisfies Record<StateName, Tone>

/** Whether there is nothing to clear. */
export const isCleared = ({ state }: ChannelState): boolean => state === 'active' || state === 'disabled'

/** What says no more than the state itself does. */
const PLAIN: readonly StateName[] = ['open', 'half_open', 'paused']

/** Whether the gateway's own record of why adds something to the state's explanation. */
export const hasDetail = ({ state }: ChannelState): boolean => !PLAIN.includes(state)
