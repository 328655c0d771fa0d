/** How much a model has written, by the text that a client is sent: what the floor of contract rule C8 counts. */

type Fields = Readonly<Record<string, unknown>>

/**
 * Characters of text, thinking, tool input or summary in a `delta` of a stream, or in a content block of a message.
 * A signature, a citation and the result of a tool were not written by the model: they count nothing.
 */
export function writtenCharacters(part: unknown): number {
  if (typeof part !== 'object' || part === null) return 0
  const { text, thinking, partial_json: json, content, input } = part as Fields
  const written = [text, thinking, json, content].filter((value) => typeof value === 'string')
  return written.reduce((sum, words) => sum + words.length, inputCharacters(input))
}

/** Of all content blocks of a message. */
export function writtenCharactersIn(content: unknown): number {
  return Array.isArray(content) ? content.reduce((sum, block) => sum + writtenCharacters(block), 0) : 0
}

function inputCharacters(input: unknown): number {
  return typeof input === 'object' && input !== null ? JSON.stringify(input).length : 0
}
