/** Figures over time in parts: what a stacked chart draws, and its table tells. */

export interface StackSeries {
  readonly id: string
  readonly name: string
  readonly colour: string
}

export interface StackPoint {
  /** When the interval begins, milliseconds since the epoch. */
  readonly atMs: number
  /** On the axis. */
  readonly tick: string
  /** In full. */
  readonly title: string
  /** Where its requests are. */
  readonly to: string
  /** In the order of the series. */
  readonly values: readonly number[]
  readonly total: number
}

export interface Stack {
  readonly series: readonly StackSeries[]
  readonly points: readonly StackPoint[]
}

/** What the highest point comes to. */
export const mostOf = ({ points }: Stack): number => Math.max(0, ...points.map(({ total }) => total))
