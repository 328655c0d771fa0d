/** An HTTP client that sends exactly the bytes a test gives it and shows exactly those that come back. */
import { connect } from 'node:net'

export interface RawQuestion {
  readonly method?: string
  /** The request target as it stands on the request line; nothing normalises it. */
  readonly target?: string
  /** In this order and spelling; `host` comes first where it is not among them. */
  readonly headers?: readonly (readonly [name: string, value: string])[]
  /** Sent as it is, with a `content-length` unless the headers frame it themselves. */
  readonly body?: Buffer | string
  /** Sends the body only after a `100 Continue`. */
  readonly waitsForContinue?: boolean
}

export interface RawAnswer {
  readonly status: number
  /** Lower-cased names; a repeated header's values are joined by a comma. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
  readonly text: string
  /** The statuses of 1xx answers that came before. */
  readonly informational: readonly number[]
}

/** Asks on a connection of its own; rejects when no complete answer has come within ten seconds. */
export async function rawAsk(url: string, question: RawQuestion = {}): Promise<RawAnswer> {
  const body = Buffer.from(question.body ?? '')
  const head = Buffer.from(headOf(url, question, body.length), 'latin1')
  const now = question.waitsForContinue ? head : Buffer.concat([head, body])
  return exchange(url, now, question.waitsForContinue ? body : null)
}

function exchange(url: string, bytes: Buffer, afterContinue: Buffer | null): Promise<RawAnswer> {
  const hasBody = !bytes.subarray(0, 5).equals(Buffer.from('HEAD '))
  const { hostname, port } = new URL(url)
  const { promise, resolve, reject } = Promise.withResolvers<RawAnswer>()
  const socket = connect(Number(port), hostname)
  const received: Buffer[] = []
  let unsent = afterContinue
  const read = (isOver: boolean) => {
    const bytesSoFar = Buffer.concat(received)
    const answer = readAnswer(bytesSoFar, { isOver, hasBody })
    if (answer) resolve(answer)
    else if (isOver) reject(new Error(`No complete answer: ${bytesSoFar.toString('latin1').slice(0, 300)}`))
    else if (unsent && bytesSoFar.includes(' 100 Continue\r\n\r\n')) {
      socket.write(unsent)
      unsent = null
    }
  }
  const timer = setTimeout(() => socket.destroy(new Error('No complete answer in ten seconds.')), 10_000)
  socket.on('data', (chunk) => {
    received.push(chunk)
    read(false)
  })
  socket.on('end', () => read(true))
  // A reset after the answer is the server's way to stop an upload; before it, there is no answer.
  socket.on('error', reject)
  socket.write(bytes)
  return promise.finally(() => {
    clearTimeout(timer)
    socket.destroy()
  })
}

function headOf(
  url: string,
  { method = 'POST', target, headers = [], body }: RawQuestion,
  length: number,
): string {
  const has = (name: string) => headers.some(([given]) => given.toLowerCase() === name)
  const lines = [`${method} ${target ?? '/v1/messages'} HTTP/1.1`]
  if (!has('host')) lines.push(`host: ${new URL(url).host}`)
  for (const [name, value] of headers) lines.push(`${name}: ${value}`)
  const isFramed = has('content-length') || has('transfer-encoding')
  if (body !== undefined && !isFramed) lines.push(`content-length: ${length}`)
  return `${lines.join('\r\n')}\r\n\r\n`
}

interface Situation {
  readonly isOver: boolean
  readonly hasBody: boolean
}

/** The final answer in what has come; null while it is not complete. */
function readAnswer(bytes: Buffer, situation: Situation, informational: number[] = []): RawAnswer | null {
  const end = bytes.indexOf('\r\n\r\n')
  if (end === -1) return null
  const [statusLine = '', ...lines] = bytes.toString('latin1', 0, end).split('\r\n')
  const status = Number(statusLine.split(' ')[1])
  const rest = bytes.subarray(end + 4)
  if (status < 200) return readAnswer(rest, situation, [...informational, status])
  const headers = flattened(lines)
  const body = situation.hasBody ? bodyOf(rest, headers, situation.isOver) : NO_BYTES
  return body && { status, headers, body, text: body.toString('utf8'), informational }
}

const NO_BYTES = Buffer.alloc(0)

function bodyOf(bytes: Buffer, headers: RawAnswer['headers'], isOver: boolean): Buffer | null {
  if (headers['transfer-encoding'] === 'chunked') return dechunked(bytes)
  const length = headers['content-length']
  if (length === undefined) return isOver ? bytes : null
  return bytes.length >= Number(length) ? bytes.subarray(0, Number(length)) : null
}

/** Null while the last chunk has not come. */
function dechunked(bytes: Buffer): Buffer | null {
  const chunks: Buffer[] = []
  for (let at = 0; ; ) {
    const lineEnd = bytes.indexOf('\r\n', at)
    if (lineEnd === -1) return null
    const size = Number.parseInt(bytes.toString('latin1', at, lineEnd), 16)
    if (size === 0) return Buffer.concat(chunks)
    at = lineEnd + 2 + size + 2
    if (at > bytes.length) return null
    chunks.push(bytes.subarray(lineEnd + 2, at - 2))
  }
}

/** The bytes in the chunks of `transfer-encoding: chunked`, as a client cuts them. */
export function chunked(bytes: Buffer, size: number): Buffer {
  const parts: Buffer[] = []
  for (let at = 0; at < bytes.length; at += size) {
    const part = bytes.subarray(at, at + size)
    parts.push(Buffer.from(`${part.length.toString(16)}\r\n`), part, Buffer.from('\r\n'))
  }
  return Buffer.concat([...parts, Buffer.from('0\r\n\r\n')])
}

function flattened(lines: readonly string[]): Record<string, string> {
  const headers: Record<string, string> = {}
  for (const line of lines) {
    const colon = line.indexOf(':')
    const name = line.slice(0, colon).toLowerCase()
    const value = line.slice(colon + 1).trim()
    headers[name] = headers[name] === undefined ? value : `${headers[name]}, ${value}`
  }
  return headers
}
