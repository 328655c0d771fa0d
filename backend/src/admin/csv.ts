/** Lines of CSV that no spreadsheet takes for a program. RFC 4180. Pure. */

export type Cell = string | number | boolean | null

// The signs that start a formula, and the blanks that spreadsheets skip before one. OWASP, "CSV Injection".
const STARTS_FORMULA = /^[=+\-@\t\r\n＝＋－＠]/
const NEEDS_QUOTES = /[",\r\n]/

function encode(cell: Cell): string {
  if (cell === null) return ''
  // A number is one, also a negative one; only text can pretend.
  if (typeof cell !== 'string') return String(cell)
  const safe = STARTS_FORMULA.test(cell) ? `'${cell}` : cell
  return NEEDS_QUOTES.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

export const csvLine = (cells: readonly Cell[]): string => `${cells.map(encode).join(',')}\r\n`
