/** How operators come in and go: the first set-up, sign-in, sign-out, and who is asking. */
import type { authEndpoints, SessionView } from '@claude-gateway/contract/auth.ts'
import { GatewayError } from '../failures.ts'
import { countOperators, createFirstOperator, findOperatorByName } from '../store/operators.ts'
import { createSignIn, deleteExpiredSignIns, deleteSignIn } from '../store/sign-ins.ts'
import { audit } from './audit.ts'
import type { Caller } from './caller.ts'
import type { AdminContext } from './context.ts'
import { randomToken, sameSecret, sha256 } from './digest.ts'
import type { AdminCall, HandlersOf } from './handler.ts'
import { hashPassword, unmatchableHash, verifyPassword } from './password.ts'
import { addressGroup, type SignInAttempts } from './sign-in-attempts.ts'

/** How long a sign-in lasts, in the database and in the browser. */
export const SESSION_MS = 12 * 3_600_000

/** The handlers of the sign-in group; `attempts` counts the failures of set-up and sign-in together. */
export function createAuthHandlers(attempts: SignInAttempts): HandlersOf<typeof authEndpoints> {
  return {
    async session(context, _input, { caller }) {
      return sessionView(caller, await isSetupNeeded(context))
    },

    async setup(context, { body }, call) {
      const keys = [`address ${addressGroup(call.clientAddress)}`]
      limit(attempts, keys, context.now())
      await requireSetupToken(context, body.token)
      attempts.forgive(keys)
      const passwordHash = await hashPassword(body.password)
      const operator = await createFirstOperator(context.store.db, { username: body.username, passwordHash })
      return signIn(context, { operatorId: operator.id, username: body.username }, call)
    },

    async login(context, { body }, call) {
      const keys = [`name ${body.username.toLowerCase()}`, `address ${addressGroup(call.clientAddress)}`]
      limit(attempts, keys, context.now())
      const operator = await findOperatorByName(context.store.db, body.username)
      // A stranger's name costs the same time, so that the time does not tell which names exist.
      const matches = await verifyPassword(body.password, operator?.passwordHash ?? unmatchableHash())
      if (operator === undefined || !matches) throw refused(context, call)
      attempts.forgive(keys)
      return signIn(context, { operatorId: operator.id, username: operator.username }, call)
    },

    async logout(context, _input, call) {
      const { token } = call.session
      if (token !== undefined) await deleteSignIn(context.store.db, sha256(token))
      call.session.clear()
      if (call.caller?.method === 'session') await audit(context, call, 'signed out')
      return {}
    },
  }
}

function limit(attempts: SignInAttempts, keys: readonly string[], nowMs: number): void {
  const waitMs = attempts.begin(keys, nowMs)
  if (waitMs === 0) return
  const minutes = Math.ceil(waitMs / 60_000)
  throw new GatewayError(
    'too_many_sign_ins',
    `Too many sign-ins failed. Try again in ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}.`,
    { retryAfterSeconds: Math.ceil(waitMs / 1000) },
  )
}

function refused(context: AdminContext, { clientAddress }: AdminCall): GatewayError {
  // Without the name: people type their password into the wrong field.
  context.log.warn({ clientAddress }, 'sign-in refused')
  return new GatewayError('unauthenticated', 'The user name or the password is wrong.')
}

const isSetupNeeded = async (context: AdminContext): Promise<boolean> =>
  context.auth.mode === 'password' && (await countOperators(context.store.db)) === 0

async function requireSetupToken(context: AdminContext, given: string): Promise<void> {
  if ((await countOperators(context.store.db)) > 0) {
    throw new GatewayError('conflict', 'The set-up is done; an operator exists. Sign in instead.')
  }
  const { setupToken } = context.auth
  if (setupToken !== null && sameSecret(given, setupToken)) return
  throw new GatewayError(
    'forbidden',
    'This set-up link is not valid. Use the one that the gateway printed at its last start, or restart it for a new one.',
  )
}

interface SignedIn {
  readonly operatorId: number
  readonly username: string
}

/** Opens a session; the browser gets the token, the database its hash. */
async function signIn(context: AdminContext, operator: SignedIn, call: AdminCall): Promise<SessionView> {
  const nowMs = context.now()
  const token = randomToken()
  const { db } = context.store
  await deleteExpiredSignIns(db, nowMs)
  // The session that the browser had before is replaced by this one.
  if (call.session.token !== undefined) await deleteSignIn(db, sha256(call.session.token))
  await createSignIn(db, {
    operatorId: operator.operatorId,
    tokenHash: sha256(token),
    expiresAtMs: nowMs + SESSION_MS,
  })
  call.session.set(token)
  const caller: Caller = { method: 'session', ...operator }
  await audit(context, { ...call, caller }, 'signed in')
  return sessionView(caller, false)
}

const sessionView = (caller: Caller | null, setupNeeded: boolean): SessionView => ({
  signed_in: caller !== null,
  username: caller?.method === 'session' ? caller.username : null,
  method: caller?.method ?? null,
  setup_needed: setupNeeded,
})
