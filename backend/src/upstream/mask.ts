/** Takes a channel's credential out of what an upstream says, should it repeat it. Contract rules C3 and D7. */

const MASK = '***'

/** @returns the same buffer where the secret does not appear. */
export function maskSecret(bytes: Buffer, secret: string): Buffer {
  if (secret === '' || !bytes.includes(secret)) return bytes
  return Buffer.from(
    bytes.toString('latin1').replaceAll(Buffer.from(secret).toString('latin1'), MASK),
    'latin1',
  )
}

export function maskSecretIn(text: string, secret: string): string {
  return secret === '' ? text : text.replaceAll(secret, MASK)
}
