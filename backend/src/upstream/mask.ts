/** Takes a channel's credentials out of what an upstream says, should it repeat them. Contract rules C3 and D7. */
import type { Told } from '@claude-gateway/contract/reason.ts'
import type { Channel } from '../domain/channel.ts'

const MASK = '***'
/** A shorter header value is no credential, and would be found in any text. */
const HEADER_SECRET_LENGTH = 12

/** What may never be repeated: the channel's key, and headers of its own that may be credentials. */
export function secretsOf({ apiKey, addHeaders }: Pick<Channel, 'apiKey' | 'addHeaders'>): string[] {
  const values = Object.values(addHeaders).filter((value) => value.length >= HEADER_SECRET_LENGTH)
  return [apiKey, ...values].filter((secret) => secret !== '')
}

/** @returns the same buffer where no secret appears. */
export function maskSecrets(bytes: Buffer, secrets: readonly string[]): Buffer {
  if (!secrets.some((secret) => bytes.includes(secret))) return bytes
  // Secrets are ASCII, so that in latin1 the bytes around them stay what they are.
  return Buffer.from(maskSecretsIn(bytes.toString('latin1'), secrets), 'latin1')
}

/** What an upstream said stands in a reason's values. */
export function maskSecretsInReason(told: Told, secrets: readonly string[]): Told {
  if (typeof told === 'string') return maskSecretsIn(told, secrets)
  const values = Object.entries(told.values).map(([name, value]) => [
    name,
    typeof value === 'number' ? value : maskSecretsInReason(value, secrets),
  ])
  return { code: told.code, values: Object.fromEntries(values) }
}

export function maskSecretsIn(text: string, secrets: readonly string[]): string {
  return secrets.reduce((masked, secret) => masked.replaceAll(secret, MASK), text)
}
