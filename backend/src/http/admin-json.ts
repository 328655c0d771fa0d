/** Bodies of the admin API are JSON and nothing else, which also keeps other sites' forms out. */
import type { FastifyInstance } from 'fastify'
import { GatewayError } from '../failures.ts'

/** An empty body is none: clients announce JSON also where they send nothing. */
function parseJson(text: string): unknown {
  if (text.trim() === '') return undefined
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new GatewayError('malformed_json', `The body is not valid JSON: ${reasonOf(cause)}.`)
  }
}

/** V8 quotes the text around the fault, which may be a secret: `Unexpected token 'k', ..."key":"sk-"...`. */
const reasonOf = (cause: unknown): string =>
  cause instanceof Error ? (cause.message.split(/, (?:\.\.\.)?"/, 1)[0] ?? '') : ''

export function acceptJsonOnly(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'string' },
    async (_request: unknown, text: string) => parseJson(text),
  )
}
