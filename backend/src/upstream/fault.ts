/** How a talk with an upstream can fail below HTTP, told apart by what the next step depends on. */

export type FaultKind = 'unreachable' | 'failed' | 'timed_out' | 'client_gone'

export class UpstreamFault extends Error {
  readonly kind: FaultKind

  constructor(kind: FaultKind, message: string, cause?: unknown) {
    super(message, { cause })
    this.name = 'UpstreamFault'
    this.kind = kind
  }
}

/** Errors that arise before a connection stands: nothing was sent, the origin itself is the trouble. */
const UNREACHABLE: Record<string, string> = {
  ECONNREFUSED: 'the connection was refused',
  EHOSTUNREACH: 'there is no way to the host',
  ENETUNREACH: 'there is no way to the network',
  EHOSTDOWN: 'the host is down',
  EADDRNOTAVAIL: 'no local address was free',
  ENOTFOUND: 'its name is not known to DNS',
  EAI_AGAIN: 'DNS did not answer',
  ETIMEDOUT: 'the connection took too long',
  UND_ERR_CONNECT_TIMEOUT: 'the connection took too long',
  UND_ERR_PRX_TLS: 'the proxy’s TLS failed',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate chain is self-signed',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate cannot be verified',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its certificate cannot be verified',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  CERT_NOT_YET_VALID: 'its certificate is not yet valid',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
}

/** Translates an error of the HTTP client; `wasSent` tells whether the request had been put on a connection. */
export function toFault(error: Error, wasSent: boolean): UpstreamFault {
  if (error instanceof UpstreamFault) return error
  const code = codeOf(error)
  const words = UNREACHABLE[code]
  if (words && !wasSent) return new UpstreamFault('unreachable', words, error)
  if (!wasSent && (code.startsWith('ERR_SSL') || code === 'EPROTO' || code === 'ECONNRESET')) {
    return new UpstreamFault('unreachable', `the connection could not be secured (${code})`, error)
  }
  if (!wasSent) return new UpstreamFault('unreachable', `the connection failed (${code || 'unknown'})`, error)
  return new UpstreamFault('failed', `the connection broke (${code || 'unknown'})`, error)
}

/** The error's code, or that of the first error inside an AggregateError (one per address tried). */
function codeOf(error: Error): string {
  const own = (error as NodeJS.ErrnoException).code
  if (own) return own
  const inner = error instanceof AggregateError ? error.errors : [error.cause]
  const code = (inner[0] as NodeJS.ErrnoException | undefined)?.code
  return code ?? ''
}
