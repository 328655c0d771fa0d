/** Gateway keys for tests of rules: complete values, of which a test names only what it is about. */
import type { GatewayKey } from '../../src/domain/gateway-key.ts'

/** Limited in nothing, unless the test says so. */
export function gatewayKeyOf(fields: Partial<GatewayKey> & { id: number }): GatewayKey {
  return {
    name: `key ${fields.id}`,
    hash: String(fields.id).padStart(64, '0'),
    previousHash: null,
    previousHashUntilMs: null,
    hint: 'gk-Xa81…9f2a',
    enabled: true,
    models: [],
    requestsPerMinute: null,
    tokensPerMinute: null,
    maxConcurrency: null,
    budgets: [],
    timeZone: 'UTC',
    expiresAtMs: null,
    expiresAfterDays: null,
    firstUsedAtMs: null,
    lastUsedAtMs: null,
    allowedAddresses: [],
    tags: [],
    capture: null,
    mayChooseChannel: false,
    createdAtMs: 0,
    updatedAtMs: 0,
    ...fields,
  }
}
