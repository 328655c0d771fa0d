/** The times below the timeline; where time is folded, how much of it. */
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../../i18n/use-formats.ts'
import styles from './time-axis.module.css'
import type { TimelineScale } from './timeline-scale.ts'

/** In how many parts it is cut. */
const PARTS = 6
/** Narrower folds have no room for words. */
const NAMED_FROM = 0.02
const MOST_NAMED = 8
/** In a session this short, times differ by their seconds. */
const SECONDS_BELOW_MS = 3 * 3_600_000

export function TimeAxis({ scale }: { scale: TimelineScale }) {
  const { t } = useTranslation()
  const { moment, clock, duration } = useFormats()
  const isShort = scale.moment(1) - scale.moment(0) < SECONDS_BELOW_MS
  const folds = scale.stretches.filter(({ isFolded, from, to }) => isFolded && to - from > NAMED_FROM)
  const ticks = Array.from({ length: PARTS + 1 }, (_, index) => index / PARTS)
  return (
    <div className={styles['axis']}>
      <div className={styles['line']} aria-hidden="true">
        {ticks.map((place) => (
          <span key={place} className={styles['tick']} style={{ left: `${place * 100}%` }}>
            {isShort ? clock(scale.moment(place)) : moment(scale.moment(place), Date.now())}
          </span>
        ))}
      </div>
      {folds.length === 0 ? null : (
        <p className={styles['folds']}>
          {t('session.folded', {
            pauses: folds
              .slice(0, MOST_NAMED)
              .map(({ fromMs, toMs }) => duration(toMs - fromMs))
              .join(', '),
          })}
        </p>
      )}
    </div>
  )
}
