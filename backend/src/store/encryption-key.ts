/** Where the key that seals credentials comes from: the operator's ENCRYPTION_KEY, or a file made at the first start. */
import { randomBytes, scrypt } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { promisify } from 'node:util'
import { StartFailure } from '../failures.ts'
import { writeConfigOnce } from './configs.ts'
import { makeDataFolder } from './data-folder.ts'
import type { Db } from './database.ts'

export interface KeyOptions {
  /** 64 hexadecimal digits are the key itself; any other text of at least 16 characters is stretched. null: the file. */
  readonly encryptionKey: string | null
  readonly dataDir: string
}

export interface EncryptionKey {
  readonly key: Buffer
  /** What to call it in a message. */
  readonly origin: string
}

const KEY_BYTES = 32
const MIN_LENGTH = 16
const HEX_KEY = /^[0-9a-f]{64}$/i

/** `mayCreate`: nothing has been sealed yet, so a missing file may be made. Rejects with a StartFailure. */
export async function loadEncryptionKey(
  db: Db,
  options: KeyOptions,
  mayCreate: boolean,
): Promise<EncryptionKey> {
  const { encryptionKey, dataDir } = options
  if (encryptionKey === null) return keyFromFile(join(dataDir, 'encryption.key'), mayCreate)
  if (encryptionKey.length < MIN_LENGTH) {
    throw new StartFailure(
      `ENCRYPTION_KEY must have at least ${MIN_LENGTH} characters; \`openssl rand -hex 32\` makes a good one.`,
    )
  }
  const key = HEX_KEY.test(encryptionKey)
    ? Buffer.from(encryptionKey, 'hex')
    : await stretch(db, encryptionKey)
  return { key, origin: 'ENCRYPTION_KEY' }
}

const derive = promisify<string, Buffer, number, object, Buffer>(scrypt)

// RFC 7914; N = 2^15 and r = 8 take 32 MiB and about 80 ms, once a start.
const SCRYPT = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 }

async function stretch(db: Db, passphrase: string): Promise<Buffer> {
  const salt = await writeConfigOnce(db, 'encryption_salt', randomBytes(16).toString('hex'))
  return derive(passphrase, Buffer.from(salt, 'hex'), KEY_BYTES, SCRYPT)
}

async function keyFromFile(file: string, mayCreate: boolean): Promise<EncryptionKey> {
  if (mayCreate) await createKeyFile(file)
  const text = await readKeyFile(file)
  if (!HEX_KEY.test(text)) {
    throw new StartFailure(
      `${file} does not hold a key (64 hexadecimal digits). Restore it from a backup; if nothing was ever stored, delete it.`,
    )
  }
  return { key: Buffer.from(text, 'hex'), origin: file }
}

/** A process that starts at the same moment may have made the file and not yet filled it. */
const FILLING_TRIES = 20
const FILLING_PAUSE_MS = 50

async function readKeyFile(file: string): Promise<string> {
  try {
    let text = await readFile(file, 'utf8')
    for (let tries = 0; text === '' && tries < FILLING_TRIES; tries += 1) {
      await setTimeout(FILLING_PAUSE_MS)
      text = await readFile(file, 'utf8')
    }
    return text.trim()
  } catch (cause) {
    throw new StartFailure(
      `${file} cannot be read, and the credentials in this database are sealed with it or with an ENCRYPTION_KEY. ` +
        'Restore the file, or set the ENCRYPTION_KEY that was used before.',
      { cause },
    )
  }
}

async function createKeyFile(file: string): Promise<void> {
  try {
    await makeDataFolder(dirname(file))
    const digits = `${randomBytes(KEY_BYTES).toString('hex')}\n`
    await writeFile(file, digits, { flag: 'wx', mode: 0o600, flush: true }).catch(unlessItIsThere)
  } catch (cause) {
    throw new StartFailure(
      `${file} cannot be written. Give the gateway's user the right, point DATA_DIR at another folder, or set ENCRYPTION_KEY.`,
      { cause },
    )
  }
}

function unlessItIsThere(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
}
