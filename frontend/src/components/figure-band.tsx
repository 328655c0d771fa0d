/** A few figures side by side, large, each with its name: what something comes to, at a glance. */
import type { CSSProperties, ReactNode } from 'react'
import styles from './figure-band.module.css'

interface BandFigure {
  readonly name: string
  readonly value: ReactNode
  /** Small, below. */
  readonly note?: ReactNode
}

interface FigureBandProps {
  /** What all of them are about. */
  label: string
  /** undefined: on their way, their room is kept. */
  figures: readonly BandFigure[] | undefined
  /** How many stand in a row: on a desk, where there is less room, on a telephone. */
  columns: readonly [wide: number, middle: number, narrow: number]
}

export function FigureBand({ label, figures, columns: [wide, middle, narrow] }: FigureBandProps) {
  const style = { '--wide': wide, '--middle': middle, '--narrow': narrow } as CSSProperties
  return (
    <section aria-label={label} aria-busy={figures === undefined} className={styles['band']} style={style}>
      <dl>
        {figures?.map(({ name, value, note }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              {value}
              {note ? <small>{note}</small> : null}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
