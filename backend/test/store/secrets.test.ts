/** Sealing: what opens a sealed text, what does not, and what an operator with the wrong key is told. */
import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { openStore, type StoreOptions } from '../../src/store/database.ts'
import { openSecrets, type Secrets } from '../../src/store/secrets.ts'
import { engines } from '../support/engines.ts'

const HEX_KEY = '0123456789abcdef'.repeat(4)
const PASSPHRASE = 'a long enough passphrase'

/** Opens the secrets as one start of the gateway does. */
async function start(options: StoreOptions, encryptionKey: string | null): Promise<Secrets> {
  const store = await openStore(options)
  try {
    return await openSecrets(store.db, { encryptionKey, dataDir: options.dataDir })
  } finally {
    await store.close()
  }
}

for (const engine of engines) {
  describe(engine.name, () => {
    test('what one start sealed the next start opens, with every source of the key', async () => {
      for (const encryptionKey of [null, HEX_KEY, PASSPHRASE]) {
        const options = await engine.fresh()
        const sealed = (await start(options, encryptionKey)).seal('sk-ant-äöü', 'channel:7:api_key')
        expect((await start(options, encryptionKey)).open(sealed, 'channel:7:api_key')).toBe('sk-ant-äöü')
      }
    })

    test('a wrong ENCRYPTION_KEY ends the start and says what to do', async () => {
      for (const [first, second] of [
        [HEX_KEY, 'f'.repeat(64)],
        [PASSPHRASE, `${PASSPHRASE}!`],
        [HEX_KEY, PASSPHRASE],
      ] as const) {
        const options = await engine.fresh()
        await start(options, first)
        await expect(start(options, second)).rejects.toThrow(
          /^ENCRYPTION_KEY is not the key .* Set the ENCRYPTION_KEY .* that was used before/,
        )
        await start(options, first)
      }
    })

    test('a lost key file is not silently replaced, nor one that the database does not belong to used', async () => {
      const options = await engine.fresh()
      const file = join(options.dataDir, 'encryption.key')
      await start(options, null)
      await writeFile(file, 'e'.repeat(64))
      await expect(start(options, null)).rejects.toThrow(`${file} is not the key`)
      await rm(file)
      await expect(start(options, null)).rejects.toThrow(/cannot be read.* Restore the file/)
      expect(await readdir(options.dataDir)).not.toContain('encryption.key')
    })

    test('two gateways that start at once on one folder come to the same key', async () => {
      const options = await engine.fresh()
      const [one, other] = await Promise.all([start(options, null), start(options, null)])
      expect(other.open(one.seal('secret', 'here'), 'here')).toBe('secret')
    })

    test('no key stands in the database', async () => {
      const options = await engine.fresh()
      await start(options, PASSPHRASE)
      await start(options, PASSPHRASE)
      const store = await openStore(options)
      const configs = await store.db.selectFrom('system_configs').selectAll().execute()
      await store.close()
      expect(configs.map(({ name }) => name).sort()).toEqual([
        'encryption_check',
        'encryption_salt',
        'revision',
      ])
      expect(JSON.stringify(configs)).not.toContain(PASSPHRASE)
    })
  })
}

describe('sealed texts', () => {
  const [sqlite] = engines
  const fresh = async () => {
    if (sqlite === undefined) throw new Error('no engine')
    return sqlite.fresh()
  }

  test('the key file is its owner’s alone and holds 32 random bytes', async () => {
    const options = await fresh()
    await start(options, null)
    const file = join(options.dataDir, 'encryption.key')
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    expect(await readFile(file, 'utf8')).toMatch(/^[0-9a-f]{64}\n$/)
  })

  test('a key file that holds no key is named', async () => {
    const options = await fresh()
    await writeFile(join(options.dataDir, 'encryption.key'), 'hello')
    await expect(start(options, null)).rejects.toThrow(/encryption\.key does not hold a key/)
  })

  test('an ENCRYPTION_KEY below 16 characters is refused', async () => {
    await expect(start(await fresh(), 'short')).rejects.toThrow(/at least 16 characters/)
  })

  test('any text comes back, and never looks the same twice', async () => {
    const secrets = await start(await fresh(), HEX_KEY)
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (plain, context) => {
        const sealed = secrets.seal(plain, context)
        expect(secrets.open(sealed, context)).toBe(plain)
        expect(secrets.seal(plain, context)).not.toBe(sealed)
      }),
    )
  })

  test('moved to another context, it does not open', async () => {
    const secrets = await start(await fresh(), HEX_KEY)
    const sealed = secrets.seal('secret', 'channel:7:api_key')
    for (const context of ['channel:8:api_key', 'channel:7:proxy_url', '']) {
      expect(() => secrets.open(sealed, context)).toThrow(/changed, or belongs elsewhere/)
    }
  })

  test('with any one bit of it changed, or cut at any place, it does not open', async () => {
    const secrets = await start(await fresh(), HEX_KEY)
    const sealed = secrets.seal('secret', 'here')
    const [format, keyId, body = ''] = sealed.split('.')
    const bytes = Buffer.from(body, 'base64url')
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const changed = Buffer.from(bytes)
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      expect(() => secrets.open(`${format}.${keyId}.${changed.toString('base64url')}`, 'here')).toThrow(
        /changed/,
      )
    }
    for (let length = 0; length < sealed.length; length += 1) {
      expect(() => secrets.open(sealed.slice(0, length), 'here')).toThrow(/The sealed text for here/)
    }
  })

  test('sealed with another key, it says so', async () => {
    const sealed = (await start(await fresh(), HEX_KEY)).seal('secret', 'here')
    const other = await start(await fresh(), 'f'.repeat(64))
    expect(() => other.open(sealed, 'here')).toThrow(/sealed with another key/)
  })
})
