/** How values that no column type of both engines fits are coded. */

/** A truth value: the one form that both engines store, bind and answer alike. */
export type Flag = 0 | 1

export const toFlag = (value: boolean): Flag => (value ? 1 : 0)

/**
 * PostgreSQL stores no NUL in a text, and no text longer than some 2,700 bytes in an index. Half a surrogate pair is
 * U+FFFD to both engines, and has to be so here already: what is two names here and one there cannot be summed up.
 */
export function boundedText(value: string, maxLength: number): string {
  // Nearly every text, and a dozen in a row of the log.
  if (value.length <= maxLength && !value.includes('\0') && value.isWellFormed()) return value
  return value.replaceAll('\0', '').slice(0, maxLength).toWellFormed()
}

/** More than any true time, count or cost of one request, and small enough that sums stay below 2^53. */
const LARGEST = 10 ** 13

/** A count as an integer column takes it. */
export const whole = (value: number): number =>
  Number.isNaN(value) ? 0 : Math.min(Math.max(Math.round(value), 0), LARGEST)
