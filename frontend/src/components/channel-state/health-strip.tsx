/** A channel's states over the last hours. */
import type { ChannelHealthView } from '@claude-gateway/contract/channel-health.ts'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../i18n/use-formats.ts'
import { StateStrip } from '../state-strip.tsx'
import { STATE_TONES } from './channel-states.ts'
import { type StateSpan, stateSpans } from './state-history.ts'

interface HealthStripProps {
  health: ChannelHealthView
  createdAtMs: number
  lengthMs: number
  /** In a list, with the same marks below it once for all: a thin line of its own name. */
  slim?: { readonly label: string }
}

const TICKS = 4
const DAY_MS = 86_400_000

export function HealthStrip({ health, createdAtMs, lengthMs, slim }: HealthStripProps) {
  const { t } = useTranslation()
  const { moment, day } = useFormats()
  const nowMs = Date.now()
  const range = { fromMs: nowMs - lengthMs, toMs: nowMs, bornMs: createdAtMs }
  const wordOf = (name: StateSpan['state']) =>
    name === 'unknown' || name === 'unborn' ? t(`health.${name}`) : t(`channels.states.${name}`)
  const spans = stateSpans(health.timeline, range).map(({ fromMs, toMs, state: name }) => ({
    fromMs,
    toMs,
    tone: name === 'unknown' || name === 'unborn' ? ('unknown' as const) : STATE_TONES[name],
    words: t('health.span', {
      state: wordOf(name),
      from: moment(fromMs, nowMs),
      to: toMs === nowMs ? t('health.now') : moment(toMs, nowMs),
    }),
  }))
  if (slim) return <StateStrip label={slim.label} spans={spans} />
  const tick = (atMs: number) => (lengthMs > 2 * DAY_MS ? day(atMs) : moment(atMs, atMs + DAY_MS / 100))
  const ticks = Array.from({ length: TICKS + 1 }, (_, index) => {
    const atMs = range.fromMs + (lengthMs / TICKS) * index
    return { atMs, words: index === TICKS ? t('health.now') : tick(atMs) }
  })
  return (
    <div>
      <StateStrip label={t('health.strip')} spans={spans} ticks={ticks} />
      {health.state === 'disabled' ? <p>{t('health.disabled')}</p> : null}
    </div>
  )
}
