/** Writes the head of a request, and lets nothing into it that would end a line or begin another. RFC 9112. */
import { reason } from '@claude-gateway/contract/reason.ts'
import { isFieldName, isFieldValue } from '../../domain/field-lines.ts'
import { remembered } from '../../domain/header-names.ts'
import { madeOnce } from '../../domain/made-once.ts'
import { UpstreamFault } from '../fault.ts'

export interface RequestLines {
  readonly method: string
  /** Path and query. */
  readonly path: string
  /** Names and values in turn. */
  readonly headers: readonly string[]
}

const FOREIGN_TO_PATH = /[^\x21-\x7e\x80-\xff]/
/** The connection's own, which are written here or not at all. */
const OWN = new Set([
  'host',
  'connection',
  'content-length',
  'transfer-encoding',
  'expect',
  'keep-alive',
  'upgrade',
])

const isPlainName = remembered((name) => isFieldName(name) && !OWN.has(name.toLowerCase()))

/**
 * @param host as the `host` header names it.
 * @param bodyBytes null for a request without a body.
 * @returns the head with the empty line behind it, one character a byte.
 * @throws UpstreamFault of the kind `unreachable`, since nothing was sent.
 */
export function requestHead(
  { method, path, headers }: RequestLines,
  host: string,
  bodyBytes: number | null,
): string {
  const head = openedWith(headers, { method, path, host })
  return bodyBytes === null ? `${head}\r\n` : `${head}content-length: ${bodyBytes}\r\n\r\n`
}

interface Start {
  readonly method: string
  readonly path: string
  readonly host: string
}

/** All but what frames the body. */
const openedWith = madeOnce(
  (headers: readonly string[], { method, path, host }: Start): string => {
    if (!path.startsWith('/') || FOREIGN_TO_PATH.test(path)) throw unsendable()
    const lines = [`${method} ${path} HTTP/1.1\r\nhost: ${host}\r\nconnection: keep-alive\r\n`]
    for (let index = 0; index + 1 < headers.length; index += 2) {
      const name = headers[index] as string
      const value = headers[index + 1] as string
      if (!isPlainName(name) || !isFieldValue(value)) throw unsendable()
      lines.push(`${name}: ${value}\r\n`)
    }
    // In one piece: added up it would stay a tree of some seventy parts, to be gone through with every request.
    return lines.join('')
  },
  (one, other) => one.path === other.path && one.host === other.host && one.method === other.method,
)

const unsendable = (): UpstreamFault =>
  new UpstreamFault('unreachable', reason('connection_failed', { error: 'BAD_REQUEST_HEAD' }))
