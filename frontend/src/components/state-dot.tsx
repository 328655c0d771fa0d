/** A coloured dot with its word: colour is never the only sign. */
import styles from './state-dot.module.css'

export type Tone = 'good' | 'warn' | 'bad' | 'off'

export function StateDot({ tone, children }: { tone: Tone; children: string }) {
  return (
    <span className={styles['state']} data-tone={tone}>
      <span className={styles['dot']} aria-hidden="true" />
      {children}
    </span>
  )
}
