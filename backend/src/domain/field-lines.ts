/** The field lines of an HTTP head, as requests and answers have them. RFC 9112 section 5. */
import { remembered } from './header-names.ts'

/** What may stand in a value; anything else could end the line, or begin another. */
const FOREIGN_TO_VALUE = /[^\t\x20-\x7e\x80-\xff]/
const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/

export const isFieldName = remembered((name) => TOKEN.test(name))

export const isFieldValue = (value: string): boolean => !FOREIGN_TO_VALUE.test(value)

/** One line: no space before the colon, no folding, no control character. For use in an expression over a whole head. */
export const FIELD_LINE = String.raw`[!#$%&'*+.^_\`|~0-9A-Za-z-]+:[\t\x20-\x7e\x80-\xff]*\r\n`

/**
 * @param text a head that is known to be well-formed, with the CR LF of its last line; one character a byte.
 * @param from where the first field line begins.
 * @param take is given each name as it stands, and its value without the white space around it.
 */
export function readFieldLines(
  text: string,
  from: number,
  take: (name: string, value: string) => void,
): void {
  let at = from
  while (at < text.length) {
    const colon = text.indexOf(':', at)
    const end = text.indexOf('\r\n', colon)
    take(text.slice(at, colon), trimmed(text, colon + 1, end))
    at = end + 2
  }
}

function trimmed(text: string, start: number, end: number): string {
  let from = start
  let to = end
  while (from < to && isBlank(text.charCodeAt(from))) from++
  while (to > from && isBlank(text.charCodeAt(to - 1))) to--
  return text.slice(from, to)
}

const isBlank = (code: number): boolean => code === 0x20 || code === 0x09
