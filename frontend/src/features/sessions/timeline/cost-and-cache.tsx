/** Below the lanes, on the same axis: what the session had cost by then, and what each prompt found in the cache. */
import type { SessionRequest } from '@claude-gateway/contract/session.ts'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../../i18n/use-formats.ts'
import styles from './cost-and-cache.module.css'
import type { RequestMark, Timeline } from './timeline-marks.ts'

const percent = (share: number) => `${(share * 100).toFixed(3)}%`
/** A place of the drawing, which is stretched to its frame. */
const [WIDTH, HEIGHT] = [1000, 100]

export function CostStrip({ timeline: { marks } }: { timeline: Timeline }) {
  const { t } = useTranslation()
  const { cost } = useFormats()
  const whole = marks.at(-1)?.costSoFar ?? 0
  const y = (costSoFar: number) => HEIGHT - (costSoFar / Math.max(whole, 1)) * HEIGHT
  const byEnd = marks.toSorted((a, b) => a.to - b.to)
  let sum = 0
  const steps = byEnd.map(({ to, request }) => {
    sum += request.cost_nano_usd
    return `H${(to * WIDTH).toFixed(1)}V${y(sum).toFixed(1)}`
  })
  const line = `M0,${HEIGHT}${steps.join('')}H${WIDTH}`
  return (
    <div className={styles['strip']}>
      <span className={styles['name']}>
        {t('session.costSoFar')}
        <small>{cost(whole)}</small>
      </span>
      <svg
        className={styles['cost']}
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        <path className={styles['area']} d={`${line}V${HEIGHT}Z`} />
        <path className={styles['line']} d={line} />
      </svg>
    </div>
  )
}

interface CacheStripProps {
  timeline: Timeline
  isAside: (request: SessionRequest) => boolean
  onPoint: (mark: RequestMark) => void
}

const KINDS = ['fresh', 'written', 'read'] as const

/** The same is in the names of the bars above, so it is hidden from screen readers here. */
export function CacheStrip({ timeline: { marks, mostTokens }, isAside, onPoint }: CacheStripProps) {
  const { t } = useTranslation()
  const { compact } = useFormats()
  return (
    <div className={styles['strip']}>
      <span className={styles['name']}>
        {t('session.prompt')}
        <small>{t('session.upTo', { tokens: compact(mostTokens) })}</small>
      </span>
      <div className={styles['cache']} aria-hidden="true">
        {marks.map((mark) => (
          // biome-ignore lint/a11y/noStaticElementInteractions: the pointer only; the bars above do the same for the keyboard.
          <span
            key={mark.request.id}
            className={styles['prompt']}
            data-aside={isAside(mark.request)}
            style={{ left: `min(${percent(mark.from)}, 100% - 5px)`, width: percent(mark.to - mark.from) }}
            onMouseEnter={() => onPoint(mark)}
          >
            {KINDS.map((kind) => (
              <span key={kind} data-kind={kind} style={{ height: percent(mark.prompt[kind] / mostTokens) }} />
            ))}
          </span>
        ))}
      </div>
    </div>
  )
}
