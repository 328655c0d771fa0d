/** Months as invoices name them: `2026-11`. Pure. */

/** The month of a moment on a zone's calendar. */
export function monthAt(timeMs: number, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone, year: 'numeric', month: '2-digit' })
  const values = new Map(parts.formatToParts(timeMs).map(({ type, value }) => [type, value]))
  return `${values.get('year')}-${values.get('month')}`
}

/** @param steps negative goes back */
export function monthAfter(month: string, steps: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number - 1 + steps)).toISOString().slice(0, 7)
}

/** Its first moment in UTC, for naming it. */
export const startOfMonth = (month: string): number => Date.parse(`${month}-01T00:00:00Z`)
