/** The gateway keys of a configuration, prepared for a look-up on every request. */
import type { GatewayKey } from '../domain/gateway-key.ts'
import { addressList } from './address-list.ts'

export interface KnownKeys {
  readonly keys: readonly GatewayKey[]
  /** By the hash of its secret, and by that of the one before. */
  readonly keysByHash: ReadonlyMap<string, GatewayKey>
  /** From where a key may be used, by its id; one that may be used from anywhere is not among them. */
  readonly addressRules: ReadonlyMap<number, (address: string) => boolean>
}

export function knownKeys(keys: readonly GatewayKey[]): KnownKeys {
  const restricted = keys.filter(({ allowedAddresses }) => allowedAddresses.length > 0)
  return {
    keys,
    keysByHash: new Map([...keys.flatMap(replacedSecret), ...keys.map(entryOf)]),
    addressRules: new Map(restricted.map(({ id, allowedAddresses }) => [id, addressList(allowedAddresses)])),
  }
}

const entryOf = (key: GatewayKey): [string, GatewayKey] => [key.hash, key]

const replacedSecret = (key: GatewayKey): [string, GatewayKey][] =>
  key.previousHash === null ? [] : [[key.previousHash, key]]
