/** The HTTP client of this folder's tests: it shows the bytes as they came, and how they ended. */
import { request as httpRequest, type IncomingMessage } from 'node:http'
import type { FakeUpstream } from './fake-upstream.ts'

interface Question {
  method?: string
  path?: string
  body?: string | Buffer
  headers?: Record<string, string | string[]>
  signal?: AbortSignal
}

interface Reply {
  status: number
  headers: IncomingMessage['headers']
  chunks: Buffer[]
  body: Buffer
  text: string
  /** False: the connection ended before the answer did. */
  complete: boolean
  informational: number[]
}

const QUESTION = { model: 'claude-sonnet-5', max_tokens: 200, messages: [{ role: 'user', content: 'Hello' }] }

/** The body of a small request, with more fields if given. */
export function question(more: object = {}): string {
  return JSON.stringify({ ...QUESTION, ...more })
}

/** Asks and waits for the end, be it good or bad; rejects when not even a status line came. */
export function ask(upstream: FakeUpstream, about: Question = {}): Promise<Reply> {
  const { method = 'POST', path = '/v1/messages', body = question(), headers = {}, signal } = about
  return new Promise((resolve, reject) => {
    const informational: number[] = []
    const outgoing = httpRequest(`${upstream.url}${path}`, { method, headers, agent: false, signal })
    outgoing.on('information', ({ statusCode }) => informational.push(statusCode))
    outgoing.on('error', reject)
    outgoing.on('response', (incoming) => {
      const chunks: Buffer[] = []
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
      // From here on a broken connection is part of the reply.
      outgoing.off('error', reject).on('error', () => {})
      incoming.on('error', () => {})
      incoming.on('close', () => {
        const whole = Buffer.concat(chunks)
        const { statusCode = 0, complete } = incoming
        const text = whole.toString('utf8')
        resolve({
          status: statusCode,
          headers: incoming.headers,
          chunks,
          body: whole,
          text,
          complete,
          informational,
        })
      })
    })
    outgoing.end(body)
  })
}

/** The events of a stream: name and data, comments left out. */
export function eventsOf(stream: string): { name: string; data: Record<string, unknown> }[] {
  return stream
    .split(/\r\n\r\n|\n\n|\r\r/)
    .map((frame) => /^event: (\S+)[\r\n]+data: ([^\r\n]*)$/m.exec(frame))
    .filter((match) => match !== null)
    .map(([, name = '', data = '']) => ({ name, data: JSON.parse(data) }))
}
