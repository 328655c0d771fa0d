/** Where a page of a list ended, as text that callers hand back and need not understand. */
import { z } from 'zod'
import { GatewayError } from '../failures.ts'

/** A list of what the order of the rows hangs on. */
type Place = readonly (string | number)[]

const writeCursor = (place: Place): string => Buffer.from(JSON.stringify(place)).toString('base64url')

/** What `writeCursor` made; undefined for the first page. Throws `validation_failed` for anything else. */
export function readCursor<Form extends z.ZodType<Place>>(
  cursor: string | undefined,
  form: Form,
): z.output<Form> | undefined {
  if (cursor === undefined) return undefined
  const place = form.safeParse(parsed(Buffer.from(cursor, 'base64url').toString()))
  if (place.success) return place.data
  throw new GatewayError('validation_failed', 'The cursor is not one of this list.', {
    fields: { cursor: 'must be the next_cursor of an earlier answer' },
  })
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}

/**
 * A page and the way to the next one.
 *
 * @param rows one more than the limit where another page follows.
 */
export function pageOf<Row>(rows: readonly Row[], limit: number, placeOf: (last: Row) => Place) {
  const data = rows.slice(0, limit)
  const last = rows.length > limit ? data.at(-1) : undefined
  return { data, next_cursor: last === undefined ? null : writeCursor(placeOf(last)) }
}

const wholeSchema = z.number().int().nonnegative()
// PostgreSQL takes no NUL in a text.
const textSchema = z.string().regex(/^[^\0]*$/)

/** Of a list that is ordered by a time, with text and number to tell equal times apart. */
export const timeTextNumber = z.tuple([wholeSchema, textSchema, wholeSchema])
export const timeNumber = z.tuple([wholeSchema, wholeSchema])
/** Of a list that is ordered by a cost. */
export const costTextNumber = z.tuple([z.literal('cost'), wholeSchema, textSchema, wholeSchema])
