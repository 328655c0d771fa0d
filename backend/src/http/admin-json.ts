/** Bodies of the admin API are JSON and nothing else, which also keeps other sites' forms out. */
import type { FastifyInstance } from 'fastify'
import { GatewayError } from '../failures.ts'

/** An empty body is none: clients announce JSON also where they send nothing. */
function parseJson(text: string): unknown {
  if (text.trim() === '') return undefined
  try {
    return JSON.parse(text)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : ''
    throw new GatewayError('malformed_json', `The body is not valid JSON: ${reason}`, { cause })
  }
}

export function acceptJsonOnly(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'string' },
    async (_request: unknown, text: string) => parseJson(text),
  )
}
