/** A line of time, coloured by what was so when; its words are for those who cannot see it, and on hover. */
import { Tooltip } from 'antd'
import type { Tone } from './state-dot.tsx'
import styles from './state-strip.module.css'

interface StripSpan {
  readonly fromMs: number
  readonly toMs: number
  readonly tone: Tone | 'unknown'
  /** What was so, and from when to when. */
  readonly words: string
}

interface StateStripProps {
  label: string
  /** Without gaps, from the first to the last moment of the strip. */
  spans: readonly StripSpan[]
  /** Marks below the line; without them it is a thin one. */
  ticks?: readonly { readonly atMs: number; readonly words: string }[]
}

/** What lasted a moment can still be seen, percent of the strip. */
const LEAST = 0.4

export function StateStrip({ label, spans, ticks = [] }: StateStripProps) {
  const [first, last] = [spans.at(0)?.fromMs ?? 0, spans.at(-1)?.toMs ?? 1]
  const share = (ms: number) => ((ms - first) / (last - first)) * 100
  return (
    <div className={styles['strip']}>
      <ol className={styles['line']} data-slim={ticks.length === 0} aria-label={label}>
        {spans.map(({ fromMs, toMs, tone, words }) => (
          <Tooltip key={fromMs} title={words}>
            <li data-tone={tone} style={{ flexGrow: Math.max(share(toMs) - share(fromMs), LEAST) }}>
              <span className="visually-hidden">{words}</span>
            </li>
          </Tooltip>
        ))}
      </ol>
      {ticks.length === 0 ? null : (
        <div className={styles['ticks']} aria-hidden="true">
          {ticks.map(({ atMs, words }) => (
            <span key={atMs} style={{ left: `${share(atMs)}%` }}>
              {words}
            </span>
          ))}
        </div>
      )}
    </div>
  )
}
