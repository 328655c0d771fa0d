/** A gateway that cannot start says in words what is wrong and what to do, shows no stack and no secret, and exits with 1. */
import { spawnSync } from 'node:child_process'
import { chmod, mkdir, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { freshFolder } from '../support/engines.ts'
import { spawnGateway, startGatewayProcess } from './gateway-process.ts'

/** What the gateway said when it refused to start; checks what holds for every refusal. */
async function refusal(
  environment: Record<string, string>,
  launcher: readonly string[] = [],
): Promise<string> {
  const process = spawnGateway({ DATA_DIR: await freshFolder(), ...environment }, launcher)
  expect(await process.ended, process.stderr).toEqual({ code: 1, signal: null })
  expect(process.stdout).toBe('')
  expect(process.stderr).not.toMatch(/^ +at |Error:|node:internal/m)
  return process.stderr.trimEnd()
}

/** The folder of a gateway that has run once. */
async function usedFolder(environment: Record<string, string> = {}): Promise<string> {
  const dataDir = await freshFolder()
  const { process } = await startGatewayProcess({ DATA_DIR: dataDir, ...environment })
  process.signal('SIGTERM')
  await process.ended
  return dataDir
}

test('one message names every variable that is wrong and what it should be, and repeats no value', async () => {
  const values = {
    SERVER_PORT: '808080',
    HOST: 'not a host',
    DEBUG: 'perhaps',
    ALLOWED_ORIGINS: 'console.mine.org',
    DATABASE_URL: 'mysql://root:hunter2@db',
    ENCRYPTION_KEY: 'too-short-a-key',
    ADMIN_TOKEN: 'short-token',
    ADMIN_AUTH: 'nobody',
    DRAIN_SECONDS: '-5',
  }
  const message = await refusal(values)
  expect(message).toMatch(/^The gateway cannot start with this environment:\n/)
  for (const [name, value] of Object.entries(values)) {
    expect(message).toMatch(new RegExp(`^  ${name} must `, 'm'))
    expect(message).not.toContain(value)
  }
})

test('no sign-in where others can reach the gateway is refused, together with what else is wrong', async () => {
  const message = await refusal({ ADMIN_AUTH: 'none', HOST: '0.0.0.0', ENABLE_CORS: 'perhaps' })
  expect(message).toMatch(/^ {2}ADMIN_AUTH may be none only where HOST is a loopback address/m)
  expect(message).toMatch(/^ {2}ENABLE_CORS must be true or false/m)
})

test('a port that another program has', async () => {
  const other = createServer()
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
  const address = other.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  expect(await refusal({ SERVER_PORT: String(port) })).toMatch(
    new RegExp(
      `^The gateway cannot listen on 127.0.0.1, port ${port}: another program has that port\\. Stop it`,
    ),
  )
  await new Promise((resolve) => other.close(resolve))
})

test('an address that this machine does not have', async () => {
  // TEST-NET-1 of RFC 5737 is nobody's.
  expect(await refusal({ HOST: '192.0.2.1' })).toMatch(
    /does not have that address\. Set HOST to one that it has/,
  )
})

test('a gateway.db that is no database, and one that is a folder', async () => {
  const dataDir = await freshFolder()
  await writeFile(join(dataDir, 'gateway.db'), 'Dear diary, '.repeat(1000))
  expect(await refusal({ DATA_DIR: dataDir })).toMatch(
    /^The database .*gateway\.db cannot be used: it is not an SQLite database\. Point DATA_DIR at another folder/,
  )
  await rm(join(dataDir, 'gateway.db'))
  await mkdir(join(dataDir, 'gateway.db'))
  expect(await refusal({ DATA_DIR: dataDir })).toMatch(
    /gateway\.db cannot be used: it is a folder\. Move it away/,
  )
})

test('a database that a newer version has written', async () => {
  const dataDir = await usedFolder()
  const database = new DatabaseSync(join(dataDir, 'gateway.db'))
  database.exec("insert into schema_migrations values ('0999-from-the-future', 1)")
  database.close()
  expect(await refusal({ DATA_DIR: dataDir })).toMatch(
    /written by a newer version of the gateway \(it has 0999-from-the-future.*Start that version again, or restore a backup/,
  )
})

test('an ENCRYPTION_KEY that is not the one of the stored keys', async () => {
  const [given, other] = ['the-key-it-was-sealed-with', 'quite-another-key-than-that']
  const message = await refusal({
    DATA_DIR: await usedFolder({ ENCRYPTION_KEY: given }),
    ENCRYPTION_KEY: other,
  })
  expect(message).toMatch(/^ENCRYPTION_KEY is not the key .* Set the ENCRYPTION_KEY .* that was used before/)
  expect(message).not.toMatch(`${given}|${other}`)
})

test('a key file that is lost, and one that holds no key', async () => {
  const dataDir = await usedFolder()
  await rm(join(dataDir, 'encryption.key'))
  expect(await refusal({ DATA_DIR: dataDir })).toMatch(
    /encryption\.key cannot be read.* Restore the file, or set the ENCRYPTION_KEY that was used before/,
  )
  await writeFile(join(dataDir, 'encryption.key'), 'something else')
  expect(await refusal({ DATA_DIR: dataDir })).toMatch(/does not hold a key .* Restore it from a backup/)
})

test('a DATA_DIR that is a file', async () => {
  const file = join(await freshFolder(), 'file')
  await writeFile(file, '')
  expect(await refusal({ DATA_DIR: file })).toMatch(/DATA_DIR names a file\. Point it at a folder/)
})

/** Root may write everywhere, unless it gives up its capabilities; others need nothing of the kind. */
const ordinary = process.getuid?.() === 0 ? ['setpriv', '--bounding-set=-all', '--inh-caps=-all'] : []
const [setpriv, ...options] = ordinary
const canBeOrdinary = setpriv === undefined || spawnSync(setpriv, [...options, 'true']).status === 0

test.skipIf(!canBeOrdinary)('a DATA_DIR, a database and a key file that may not be written', async () => {
  const dataDir = await freshFolder()
  await chmod(dataDir, 0o500)
  const advice =
    /the gateway’s user may not write there\. Give it the right, or point DATA_DIR at another folder/
  expect(await refusal({ DATA_DIR: dataDir }, ordinary)).toMatch(advice)
  expect(await refusal({ DATA_DIR: join(dataDir, 'below') }, ordinary)).toMatch(advice)
  await chmod(dataDir, 0o700)
  const used = await usedFolder()
  await chmod(join(used, 'gateway.db'), 0o400)
  expect(await refusal({ DATA_DIR: used }, ordinary)).toMatch(advice)
})

test('a PostgreSQL server that nobody answers for, without its password', async () => {
  const message = await refusal({ DATABASE_URL: 'postgres://gateway:hunter2@127.0.0.1:1/gateway' })
  expect(message).toBe(
    'The PostgreSQL server at 127.0.0.1:1/gateway cannot be used: ' +
      'nothing answers there. Start the server, or correct host and port in DATABASE_URL.',
  )
})
