/** The pieces that several resources share: ids, times, pages, patterns, errors. */
import { z } from 'zod'

export const idSchema = z.coerce.number().int().positive()
export const idParams = z.object({ id: idSchema })

/** Milliseconds since the Unix epoch, UTC. */
export const timeMsSchema = z.number().int().nonnegative()

/** A name people read; trimmed, never empty. */
export const nameSchema = z
  .string()
  .trim()
  .min(1, 'must not be empty')
  .max(100, 'must be at most 100 characters')

/** The last moment of the year 9999: what comes later no calendar shows. */
const LAST_TIME_MS = 253_402_300_799_999
const ISO_TIME = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/i

/** Milliseconds since the epoch of either form; NaN for what is neither. Without an offset a time is UTC. */
function readTime(value: string | number): number {
  if (typeof value === 'number' || /^\d+$/.test(value)) return Number(value)
  // The blank is a plus that was not encoded.
  const text = value
    .trim()
    .replace(/ (\d{2}:?\d{2})$/, (_, offset) => (value.includes('T') ? `+${offset}` : `T${offset}`))
  if (!ISO_TIME.test(text)) return Number.NaN
  const isLocal = /[T ]/i.test(text) && !/(?:Z|[+-]\d{2}:?\d{2})$/i.test(text.slice(10))
  return Date.parse(isLocal ? `${text}Z` : text)
}

/** A moment in a query: ISO 8601 (UTC where it names no offset), or milliseconds since the Unix epoch. Read as the latter. */
export const momentSchema = z.union([z.string(), z.number()]).transform((value, context) => {
  const timeMs = readTime(value)
  if (Number.isInteger(timeMs) && timeMs >= 0 && timeMs <= LAST_TIME_MS) return timeMs
  context.addIssue('must be a time: ISO 8601 such as 2026-11-01T08:00:00+01:00, or milliseconds since 1970')
  return z.NEVER
})

/** An exact model name, or a prefix followed by one `*` at the end; `*` alone matches every model. */
export const modelPatternSchema = z
  .string()
  .trim()
  .min(1, 'must not be empty')
  .max(200, 'must be at most 200 characters')
  .regex(/^[^\s*]*\*?$/, 'must be a model name without spaces; a * may stand only at its end')

export const modelPatternsSchema = z.array(modelPatternSchema).max(200)

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}

/** A name of the IANA time zone database, such as `Europe/Berlin`; offsets are not taken, since they know no summer. */
export const timeZoneSchema = z
  .string()
  .trim()
  .max(64, 'must be at most 64 characters')
  .refine(
    (name) => /^[A-Z]/i.test(name) && isTimeZone(name),
    'must be a time zone such as UTC or Europe/Berlin',
  )

/** The end of a list is reached when `next_cursor` is null. */
export const listOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ data: z.array(item), next_cursor: z.string().nullable() })

/** The body of every error that the admin API answers. */
export const errorBodySchema = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    /** Per field path (`base_url`, `models.0`) what is wrong with it. */
    fields: z.record(z.string(), z.string()).optional(),
  }),
})
export type ErrorBody = z.output<typeof errorBodySchema>
