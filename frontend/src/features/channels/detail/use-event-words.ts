/** Names what happened to a channel's health; what this console does not know keeps the gateway's own name. */
import { useTranslation } from 'react-i18next'
import type { Tone } from '../../../components/state-dot.tsx'

/** Every entry of a timeline, and every kind of cooldown, with the tone in which it is told. */
const EVENTS = {
  breaker_open: 'bad',
  breaker_half_open: 'warn',
  breaker_closed: 'good',
  limited: 'warn',
  out_of_credit: 'bad',
  credential_refused: 'bad',
  model_missing: 'warn',
  overloaded: 'warn',
  unreachable: 'bad',
  recovered: 'good',
  paused: 'off',
  cleared: 'good',
} as const satisfies Record<string, Tone>

const isKnown = (event: string): event is keyof typeof EVENTS => Object.hasOwn(EVENTS, event)

export const toneOfEvent = (event: string): Tone => (isKnown(event) ? EVENTS[event] : 'off')

export function useEventWords(): (event: string) => string {
  const { t } = useTranslation()
  return (event) => (isKnown(event) ? t(`health.events.${event}`) : event)
}
