/** Finds out who is asking: the one of the presented credentials that is a gateway key, in force, from here. Rule A6. */

import { hash } from 'node:crypto'
import { reason } from '@claude-gateway/contract/reason.ts'
import { type GatewayKey, validUntilMs } from '../domain/gateway-key.ts'
import { GatewayError } from '../failures.ts'
import type { Gateway } from '../runtime/gateway.ts'
import type { Snapshot } from '../runtime/snapshot.ts'
import type { CallRequest } from './client-side.ts'

type HeaderSource = Pick<CallRequest, 'header'>

/** The values that a client presents as its key, in either header, at most two. */
export function presentedKeys(request: HeaderSource): string[] {
  const bearer = /^Bearer\s+(\S+)\s*$/i.exec(request.header('authorization') ?? '')?.[1]
  const apiKey = (request.header('x-api-key') ?? '').trim()
  const keys = bearer ? [bearer] : []
  if (apiKey !== '' && apiKey !== bearer) keys.push(apiKey)
  return keys
}

/** What a request presents, and where it comes from. */
interface Presented {
  readonly presentedKeys: readonly string[]
  /** null where the connection is gone already. */
  readonly clientAddress: string | null
}

type Identities = Pick<Gateway, 'snapshot' | 'keyUses'>

/**
 * @throws GatewayError `unauthenticated`, `key_disabled`, `key_expired` or `address_not_allowed`. Its text never says
 *   `x-api-key`, since Claude Code would tell its user that they are not logged in (rule C4).
 */
export function authenticate(identities: Identities, presented: Presented): GatewayKey {
  const key = recognise(identities, presented)
  identities.keyUses.note(key)
  return key
}

/** The same where knowing a key is no use of it. */
export function recognise(
  identities: Identities,
  { presentedKeys: presented, clientAddress }: Presented,
): GatewayKey {
  let refusal: GatewayError | null = null
  for (const secret of presented) {
    const digest = digestOf(identities, secret)
    const key = identities.snapshot.current.keysByHash.get(digest)
    if (key === undefined) continue
    const fault = secretFault(key, digest) ?? faultOf(identities, key, clientAddress)
    if (fault === null) return key
    refusal ??= fault
  }
  throw refusal ?? unknownKey(presented.length > 0)
}

/** The digests of secrets that were found to be keys, by the configuration in which they were. */
const digests = new WeakMap<Snapshot, Map<string, string>>()

/** Of a key that is known it is worked out once for each configuration; a stranger's is never kept. */
function digestOf({ snapshot: { current } }: Identities, secret: string): string {
  const ofKeys = digests.get(current)
  const known = ofKeys?.get(secret)
  if (known !== undefined) return known
  const digest = hash('sha256', secret)
  if (!current.keysByHash.has(digest)) return digest
  if (ofKeys) ofKeys.set(secret, digest)
  else digests.set(current, new Map([[secret, digest]]))
  return digest
}

/** A rotated key's secret of before works until its overlap ends. */
function secretFault(key: GatewayKey, digest: string): GatewayError | null {
  if (digest === key.hash || (key.previousHashUntilMs ?? 0) > Date.now()) return null
  return new GatewayError('key_expired', reason('error_key_replaced'))
}

function faultOf(
  { snapshot, keyUses }: Identities,
  key: GatewayKey,
  clientAddress: string | null,
): GatewayError | null {
  if (!key.enabled) {
    return new GatewayError('key_disabled', reason('error_key_disabled'))
  }
  const untilMs = validUntilMs(key, key.expiresAfterDays === null ? null : keyUses.firstUseOf(key))
  if (untilMs !== null && Date.now() >= untilMs) {
    return new GatewayError('key_expired', reason('error_key_expired', { expired_at_ms: untilMs }))
  }
  const allows = snapshot.current.addressRules.get(key.id)
  if (allows === undefined || (clientAddress !== null && allows(clientAddress))) return null
  const address = clientAddress ?? reason('this_address')
  return new GatewayError('address_not_allowed', reason('error_key_address', { address }))
}

function unknownKey(wasSent: boolean): GatewayError {
  return new GatewayError('unauthenticated', reason(wasSent ? 'error_key_unknown' : 'error_no_key'))
}
