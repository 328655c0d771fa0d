/** Finds out who is asking: an operator by cookie, the holder of the admin token, or anybody where that is allowed. */
import { GatewayError } from '../failures.ts'
import { findSignIn } from '../store/sign-ins.ts'
import type { AdminContext } from './context.ts'
import { sameSecret, sha256 } from './digest.ts'

export type Caller =
  | { readonly method: 'session'; readonly operatorId: number; readonly username: string }
  | { readonly method: 'token' }
  | { readonly method: 'none' }

export interface Credentials {
  /** The Authorization header. */
  readonly authorization: string | undefined
  readonly sessionToken: string | undefined
}

/** The caller, or null for a stranger. A wrong bearer token throws `unauthenticated`: it is never meant as none. */
export async function identify(context: AdminContext, credentials: Credentials): Promise<Caller | null> {
  if (context.auth.mode === 'none') return { method: 'none' }
  const bearer = /^Bearer +(\S+) *$/i.exec(credentials.authorization ?? '')?.[1]
  if (bearer !== undefined) return identifyByToken(context.auth.adminToken, bearer)
  if (credentials.sessionToken === undefined) return null
  const signIn = await findSignIn(context.store.db, sha256(credentials.sessionToken), context.now())
  return signIn === undefined ? null : { method: 'session', ...signIn }
}

function identifyByToken(adminToken: string | null, bearer: string): Caller {
  if (adminToken === null) {
    throw new GatewayError(
      'unauthenticated',
      'This gateway has no admin token. Set ADMIN_TOKEN and restart it, or sign in with a password.',
    )
  }
  if (sameSecret(bearer, adminToken)) return { method: 'token' }
  throw new GatewayError('unauthenticated', 'The admin token is wrong; it is the value of ADMIN_TOKEN.')
}

/** How the audit log names a caller. */
export function nameOf(caller: Caller | null): string {
  if (caller === null) return 'nobody'
  return caller.method === 'session' ? caller.username : `(${caller.method})`
}
