/** Finds out who is asking: the one of the presented credentials that is a gateway key. Contract rule A6. */
import { hash } from 'node:crypto'
import type { GatewayKey } from '../domain/gateway-key.ts'
import { GatewayError } from '../failures.ts'
import type { Snapshot } from '../runtime/snapshot.ts'

type HeaderSource = NodeJS.Dict<string | string[]>

/** The values that a client presents as its key, in either header, at most two. */
export function presentedKeys(headers: HeaderSource): string[] {
  const bearer = /^Bearer\s+(\S+)\s*$/i.exec(String(headers.authorization ?? ''))?.[1]
  const apiKey = String(headers['x-api-key'] ?? '').trim()
  const keys = bearer ? [bearer] : []
  if (apiKey !== '' && apiKey !== bearer) keys.push(apiKey)
  return keys
}

/**
 * @throws GatewayError `unauthenticated` or `key_disabled`. Its text never says `x-api-key`, since Claude Code would
 *   tell its user that they are not logged in (rule C4).
 */
export function authenticate(snapshot: Snapshot, headers: HeaderSource): GatewayKey {
  const presented = presentedKeys(headers)
  const known = presented
    .map((key) => snapshot.keysByHash.get(hash('sha256', key)))
    .filter((key) => key !== undefined)
  const usable = known.find((key) => key.enabled)
  if (usable) return usable
  if (known[0]) {
    throw new GatewayError(
      'key_disabled',
      'This gateway key is disabled. Ask the operator of the gateway to enable it.',
    )
  }
  if (presented.length === 0) {
    throw new GatewayError(
      'unauthenticated',
      'No gateway key was sent. Set ANTHROPIC_AUTH_TOKEN to a key of this gateway (gk-…).',
    )
  }
  throw new GatewayError(
    'unauthenticated',
    'This gateway does not know the key that was sent. Set ANTHROPIC_AUTH_TOKEN to a key of this gateway (gk-…).',
  )
}
