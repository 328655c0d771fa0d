/** Passwords as argon2id hashes that carry their own parameters (the PHC string format). */
import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

interface Argon2idHash {
  readonly memory: number
  readonly passes: number
  readonly parallelism: number
  readonly salt: Buffer
  readonly tag: Buffer
}

// The first choice of OWASP's password storage cheat sheet; `memory` in KiB.
const COST = { memory: 19_456, passes: 2, parallelism: 1 }
const SALT_BYTES = 16
const TAG_BYTES = 32
// RFC 9106, section 3.1: version 1.3 is 0x13.
const FORM = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/

const argon2Async = promisify(argon2)

const base64 = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '')

function encode({ memory, passes, parallelism, salt, tag }: Argon2idHash): string {
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${base64(salt)}$${base64(tag)}`
}

function decode(stored: string): Argon2idHash {
  const [, memory = '', passes = '', parallelism = '', salt = '', tag = ''] = FORM.exec(stored) ?? []
  if (tag === '') throw new Error('A stored password hash has no form that we know.')
  return {
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
    salt: Buffer.from(salt, 'base64'),
    tag: Buffer.from(tag, 'base64'),
  }
}

/** Computes the tag in libuv's thread pool. The same password typed on two systems may differ in its code points. */
function tagOf(password: string, { memory, passes, parallelism, salt, tag }: Argon2idHash): Promise<Buffer> {
  return argon2Async('argon2id', {
    message: password.normalize('NFKC'),
    nonce: salt,
    parallelism,
    tagLength: tag.length,
    memory,
    passes,
  })
}

export async function hashPassword(password: string): Promise<string> {
  const fresh = { ...COST, salt: randomBytes(SALT_BYTES), tag: Buffer.alloc(TAG_BYTES) }
  return encode({ ...fresh, tag: await tagOf(password, fresh) })
}

/** A hash that no password has, and that takes as long to refuse as a real one. */
export const unmatchableHash = (): string =>
  encode({ ...COST, salt: randomBytes(SALT_BYTES), tag: randomBytes(TAG_BYTES) })

/** Throws on a hash that we did not write. */
export async function verifyPassword(password: string, stored: string): Promise<boolean> {
  const expected = decode(stored)
  return timingSafeEqual(await tagOf(password, expected), expected.tag)
}
