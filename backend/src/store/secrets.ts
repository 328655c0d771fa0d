/** Seals upstream credentials for the database: AES-256-GCM, bound to where they are stored. */
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import { StartFailure } from '../failures.ts'
import { readConfig, writeConfigOnce } from './configs.ts'
import type { Db } from './database.ts'
import { type KeyOptions, loadEncryptionKey } from './encryption-key.ts'

export interface Secrets {
  /** `context` says where the text will be stored (`channel:7:api_key`); it opens with the same context only. */
  seal(plain: string, context: string): string
  /** Throws when the text was changed, moved to another context, or sealed with another key. */
  open(sealed: string, context: string): string
}

const CHECK = 'encryption_check'
const CHECK_CONTEXT = 'check'

/**
 * Finds (or, at the first start, makes) the key, and proves that it is the one that the database was sealed with.
 * Rejects with a StartFailure.
 */
export async function openSecrets(db: Db, options: KeyOptions): Promise<Secrets> {
  const check = await readConfig(db, CHECK)
  const { key, origin } = await loadEncryptionKey(db, options, check === undefined)
  const secrets = createSecrets(key)
  const stored = check ?? (await writeConfigOnce(db, CHECK, secrets.seal(CHECK, CHECK_CONTEXT)))
  try {
    secrets.open(stored, CHECK_CONTEXT)
    return secrets
  } catch (cause) {
    throw new StartFailure(
      `${origin} is not the key that the channels' credentials in this database were sealed with. ` +
        'Set the ENCRYPTION_KEY (or restore the DATA_DIR/encryption.key) that was used before; without it they cannot be read.',
      { cause },
    )
  }
}

const CIPHER = 'aes-256-gcm'
const NONCE_BYTES = 12
const TAG_BYTES = 16
const FORMAT = 'v1'

function createSecrets(key: Buffer): Secrets {
  const keyId = createHash('sha256').update('claude-gateway key id:').update(key).digest('hex').slice(0, 8)
  const seal = (plain: string, context: string): string => {
    const nonce = randomBytes(NONCE_BYTES)
    const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES }).setAAD(
      Buffer.from(context),
    )
    const sealed = Buffer.concat([nonce, cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()])
    return `${FORMAT}.${keyId}.${sealed.toString('base64url')}`
  }
  const open = (text: string, context: string): string => {
    const [format, sealedWith, body = ''] = text.split('.')
    if (format !== FORMAT) throw new Error(`The sealed text for ${context} is not one of ours.`)
    if (sealedWith !== keyId) throw new Error(`The sealed text for ${context} was sealed with another key.`)
    const sealed = Buffer.from(body, 'base64url')
    if (sealed.length < NONCE_BYTES + TAG_BYTES) throw new Error(`The sealed text for ${context} is cut off.`)
    const decipher = createDecipheriv(CIPHER, key, sealed.subarray(0, NONCE_BYTES), {
      authTagLength: TAG_BYTES,
    })
    decipher.setAAD(Buffer.from(context)).setAuthTag(sealed.subarray(-TAG_BYTES))
    try {
      return (
        decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8')
      )
    } catch (cause) {
      throw new Error(`The sealed text for ${context} was changed, or belongs elsewhere.`, { cause })
    }
  }
  return { seal, open }
}
