/** A line of a few figures over time, without axes: how it went, not how much it was. The figure beside it says that. */
import styles from './spark-line.module.css'

/** A place of the drawing, which is stretched to its frame. */
const WIDTH = 100
const HEIGHT = 30
const MARGIN = 2

/** @param values in order; null where there was nothing to measure */
export function SparkLine({ values }: { values: readonly (number | null)[] }) {
  const line = lineOf(values)
  return (
    <svg
      className={styles['spark']}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <path className={styles['area']} d={line.area} />
      <path className={styles['line']} d={line.line} />
    </svg>
  )
}

/** The paths of the line and of what is below it, from the least to the greatest value. */
function lineOf(values: readonly (number | null)[]): { line: string; area: string } {
  const known = values.flatMap((value, index) => (value === null ? [] : [{ value, index }]))
  const all = known.map(({ value }) => value)
  // From nothing, where that is near: a line that shakes within a percent is no news.
  const least = Math.min(...all) > Math.max(...all) * 0.8 ? Math.min(...all) * 0.98 : 0
  const span = Math.max(...all) - least || 1
  const x = (index: number) => ((index / Math.max(values.length - 1, 1)) * WIDTH).toFixed(2)
  const y = (value: number) => (HEIGHT - MARGIN - ((value - least) / span) * (HEIGHT - 2 * MARGIN)).toFixed(2)
  const points = known.map(({ value, index }) => `${x(index)},${y(value)}`)
  const [first, last] = [known.at(0), known.at(-1)]
  if (!first || !last) return { line: '', area: '' }
  const line = `M${points.join('L')}`
  return { line, area: `${line}L${x(last.index)},${HEIGHT}L${x(first.index)},${HEIGHT}Z` }
}
