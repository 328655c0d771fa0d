/** How much of a limit is used: what it is, in figures, and as a bar that warns before it is full. */
import type { ReactNode } from 'react'
import styles from './meter.module.css'

interface MeterProps {
  label: ReactNode
  /** The label for screen readers, where that is more than words. */
  name: string
  /** Used, of the limit: 1 and above is full. null: there is no limit. */
  share: number | null
  /** How much of how much. */
  words: string
  /** Small, below the bar. */
  note?: ReactNode
  /** For a cell of a table. */
  slim?: boolean
}

/** From here on it is worth a look. */
const NEARLY = 0.8

function meterTone(share: number): 'calm' | 'warn' | 'full' {
  if (share >= 1) return 'full'
  return share >= NEARLY ? 'warn' : 'calm'
}

export function Meter({ label, name, share, words, note, slim = false }: MeterProps) {
  const percent = Math.min(100, Math.max(0, (share ?? 0) * 100))
  return (
    <div className={styles['meter']} data-slim={slim} data-tone={share === null ? 'calm' : meterTone(share)}>
      <div className={styles['line']}>
        <span className={styles['label']}>{label}</span>
        <span className={styles['words']}>{words}</span>
      </div>
      {share === null ? null : (
        <>
          <meter
            className="visually-hidden"
            aria-label={name}
            aria-valuetext={words}
            min={0}
            max={100}
            value={Math.round(percent)}
          />
          <div className={styles['track']} aria-hidden="true">
            <span style={{ width: `${percent}%` }} />
          </div>
        </>
      )}
      {note ? <small className={styles['note']}>{note}</small> : null}
    </div>
  )
}
