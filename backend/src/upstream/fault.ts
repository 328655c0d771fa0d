/** How a talk with an upstream can fail below HTTP, told apart by what the next step depends on. */

import { type ReasonCode, reason, type Told } from '@claude-gateway/contract/reason.ts'
import { inEnglish } from '@claude-gateway/contract/reason-english.ts'

export type FaultKind = 'unreachable' | 'failed' | 'timed_out' | 'client_gone'

export class UpstreamFault extends Error {
  readonly kind: FaultKind
  readonly why: Told

  /** @param why a reason; empty where the kind says it all. */
  constructor(kind: FaultKind, why: Told, cause?: unknown) {
    super(inEnglish(why), { cause })
    this.name = 'UpstreamFault'
    this.kind = kind
    this.why = why
  }
}

/** Errors that arise before a connection stands: nothing was sent, the origin itself is the trouble. */
const UNREACHABLE = {
  ECONNREFUSED: 'connection_refused',
  EHOSTUNREACH: 'no_way_to_host',
  ENETUNREACH: 'no_way_to_network',
  EHOSTDOWN: 'host_down',
  EADDRNOTAVAIL: 'no_local_address',
  ENOTFOUND: 'name_unknown',
  EAI_AGAIN: 'dns_silent',
  ETIMEDOUT: 'connection_slow',
  UND_ERR_CONNECT_TIMEOUT: 'connection_slow',
  UND_ERR_PRX_TLS: 'proxy_insecure',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'certificate_self_signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'certificate_chain_self_signed',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'certificate_unverified',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'certificate_unverified',
  CERT_HAS_EXPIRED: 'certificate_expired',
  CERT_NOT_YET_VALID: 'certificate_early',
  ERR_TLS_CERT_ALTNAME_INVALID: 'certificate_of_another',
} as const satisfies Record<string, ReasonCode>

const isKnown = (code: string): code is keyof typeof UNREACHABLE => Object.hasOwn(UNREACHABLE, code)

/** Translates an error of the HTTP client; `wasSent` tells whether the request had been put on a connection. */
export function toFault(error: Error, wasSent: boolean): UpstreamFault {
  if (error instanceof UpstreamFault) return error
  const code = codeOf(error)
  const named = { error: code || 'unknown' }
  if (wasSent) return new UpstreamFault('failed', reason('connection_broke', named), error)
  if (isKnown(code)) return new UpstreamFault('unreachable', reason(UNREACHABLE[code]), error)
  const isInsecure = code.startsWith('ERR_SSL') || code === 'EPROTO' || code === 'ECONNRESET'
  const why = isInsecure ? reason('connection_insecure', named) : reason('connection_failed', named)
  return new UpstreamFault('unreachable', why, error)
}

/** The error's code, or that of the first error inside an AggregateError (one per address tried). */
function codeOf(error: Error): string {
  const own = (error as NodeJS.ErrnoException).code
  if (own) return own
  const inner = error instanceof AggregateError ? error.errors : [error.cause]
  const code = (inner[0] as NodeJS.ErrnoException | undefined)?.code
  return code ?? ''
}
