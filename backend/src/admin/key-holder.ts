/** Lets holders of gateway keys in where the contract says so: by their key alone, never by cookie or admin token. */
import type { GatewayKey } from '../domain/gateway-key.ts'
import { GatewayError, toGatewayError } from '../failures.ts'
import type { AdminContext, PresentedKey } from './context.ts'
import { addressGroup, type SignInAttempts } from './sign-in-attempts.ts'

/**
 * The key that is presented, where it is in force.
 *
 * A right key is answered however many wrong ones came from its address: guessing one is hopeless, and colleagues share
 * an address. Wrong ones are counted as failed sign-ins are.
 *
 * @throws GatewayError what the data plane would throw; `too_many_sign_ins` after too many unknown keys from an address.
 */
export function identifyKeyHolder(
  { keyHolder, now }: Pick<AdminContext, 'keyHolder' | 'now'>,
  presented: PresentedKey,
  wrongKeys: SignInAttempts,
): GatewayKey {
  try {
    return keyHolder(presented)
  } catch (thrown) {
    const isUnknown = toGatewayError(thrown).code === 'unauthenticated'
    const waitMs = isUnknown ? wrongKeys.begin([addressGroup(presented.clientAddress)], now()) : 0
    if (waitMs === 0) throw thrown
    throw new GatewayError(
      'too_many_sign_ins',
      'Too many unknown keys came from this address. Try again later, with a key of this gateway.',
      { retryAfterSeconds: Math.ceil(waitMs / 1000) },
    )
  }
}
