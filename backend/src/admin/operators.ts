/** Operators: list, add, delete; and of the one who asks: a new password, and the end of its other sessions. */
import type { OperatorView, operatorEndpoints } from '@claude-gateway/contract/operator.ts'
import { GatewayError } from '../failures.ts'
import {
  createOperator,
  deleteOperator,
  findOperatorByName,
  type ListedOperator,
  listOperators,
  setPasswordHash,
} from '../store/operators.ts'
import { deleteOtherSignIns } from '../store/sign-ins.ts'
import { audit } from './audit.ts'
import type { AdminContext } from './context.ts'
import { sha256 } from './digest.ts'
import type { AdminCall, HandlersOf } from './handler.ts'
import { hashPassword, verifyPassword } from './password.ts'
import type { SignInAttempts } from './sign-in-attempts.ts'

/** The handlers of operators; a wrong old password counts among the failed sign-ins of `attempts`. */
export function createOperatorHandlers(attempts: SignInAttempts): HandlersOf<typeof operatorEndpoints> {
  return {
    async list(context, _input, call) {
      const operators = await listOperators(context.store.db, context.now())
      return { data: operators.map((operator) => operatorView(operator, call)), next_cursor: null }
    },

    async create(context, { body: { username, password } }, call) {
      const passwordHash = await hashPassword(password)
      const { id } = await createOperator(context.store.db, { username, passwordHash })
      await audit(context, call, 'operator created', { operatorId: id, username })
      const operators = await listOperators(context.store.db, context.now())
      return operatorView(operators.find((operator) => operator.id === id) ?? gone(id), call)
    },

    async remove(context, { params: { id } }, call) {
      const username = await deleteOperator(context.store.db, id)
      if (username === undefined) gone(id)
      await audit(context, call, 'operator deleted', { operatorId: id, username })
      return {}
    },

    async changePassword(context, { body }, call) {
      const { operatorId, username } = requireOperator(call)
      await requirePassword(context, attempts, { username, password: body.old_password })
      await setPasswordHash(context.store.db, operatorId, await hashPassword(body.new_password))
      const ended_sessions = await endOthers(context, operatorId, call)
      await audit(context, call, 'password changed', { operatorId, ended_sessions })
      return { ended_sessions }
    },

    async signOutOthers(context, _input, call) {
      const { operatorId } = requireOperator(call)
      const ended_sessions = await endOthers(context, operatorId, call)
      await audit(context, call, 'other sessions ended', { operatorId, ended_sessions })
      return { ended_sessions }
    },
  }
}

function gone(id: number): never {
  throw new GatewayError('not_found', `There is no operator ${id}.`)
}

const operatorView = (
  { id, username, createdAtMs, sessions, lastSignInAtMs }: ListedOperator,
  { caller }: AdminCall,
): OperatorView => ({
  id,
  username,
  created_at_ms: createdAtMs,
  sessions,
  last_sign_in_at_ms: lastSignInAtMs,
  is_you: caller?.method === 'session' && caller.operatorId === id,
})

/** The admin token is nobody's, and has no password to change. */
function requireOperator({ caller }: AdminCall) {
  if (caller?.method === 'session') return caller
  throw new GatewayError(
    'forbidden',
    'This is for an operator who has signed in by password: nobody has a password of its own here.',
  )
}

/** A session that was left open must not become a way to guess a password. */
async function requirePassword(
  context: AdminContext,
  attempts: SignInAttempts,
  { username, password }: { username: string; password: string },
): Promise<void> {
  const keys = [`name ${username.toLowerCase()}`]
  const waitMs = attempts.begin(keys, context.now())
  if (waitMs > 0) {
    const retryAfterSeconds = Math.ceil(waitMs / 1000)
    const message = 'A wrong password was given too often. Try again later.'
    throw new GatewayError('too_many_sign_ins', message, { retryAfterSeconds })
  }
  const operator = await findOperatorByName(context.store.db, username)
  if (operator !== undefined && (await verifyPassword(password, operator.passwordHash))) {
    attempts.forgive(keys)
    return
  }
  throw new GatewayError('validation_failed', 'The old password is wrong.', {
    fields: { old_password: 'is not your password' },
  })
}

const endOthers = (context: AdminContext, operatorId: number, { session }: AdminCall): Promise<number> =>
  deleteOtherSignIns(context.store.db, operatorId, sha256(session.token ?? ''))
