/** Keeps other web pages from using the operator's browser against the gateway. Pure. */
import { GatewayError } from '../failures.ts'
import type { Caller } from './caller.ts'

interface RequestOrigin {
  readonly method: string
  /** The Host header. */
  readonly host: string | undefined
  /** The Origin header; browsers send it with every request that could change something. */
  readonly origin: string | undefined
}

const READING = new Set(['GET', 'HEAD', 'OPTIONS'])
const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/

/** True where the page that asks was served from the very host and port that it asks. */
function isOwnPage({ host, origin }: RequestOrigin): boolean {
  if (origin === undefined) return true
  const page = URL.parse(origin)
  if (page === null || host === undefined) return false
  // Parsed with the page's scheme, so that a default port that one side spells out makes no difference.
  return URL.parse(`${page.protocol}//${host}`)?.host === page.host
}

/**
 * Without authentication, the address bar is the only guard: a name that an attacker points at 127.0.0.1 (DNS
 * rebinding) shows in Host, another site's page in Origin. Throws `forbidden`.
 */
export function requireLoopback(request: RequestOrigin): void {
  const hostname = URL.parse(`http://${request.host}`)?.hostname ?? ''
  if (!LOOPBACK.test(hostname)) {
    throw new GatewayError(
      'forbidden',
      'Without authentication (ADMIN_AUTH=none) the admin API answers only under localhost or 127.0.0.1.',
    )
  }
  if (!isOwnPage(request)) throw foreignPage()
}

/**
 * A request that changes something and rides on the browser's cookie must come from our own page: SameSite=Strict
 * lets a page on another port or subdomain through. Throws `forbidden`.
 */
export function requireOwnPage(request: RequestOrigin, caller: Caller | null): void {
  if (READING.has(request.method) || caller?.method === 'token') return
  if (!isOwnPage(request)) throw foreignPage()
}

const foreignPage = (): GatewayError =>
  new GatewayError(
    'forbidden',
    'A page of another origin may not do this. If a reverse proxy stands in front, it must pass the Host header on unchanged.',
  )
