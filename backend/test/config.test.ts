/** The environment as the gateway reads it: defaults, every variable, every fault. */
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type Config, readConfig } from '../src/config.ts'
import { StartFailure } from '../src/failures.ts'

/** What it says of an environment that it does not take; a line for each variable. */
function faultsOf(environment: Record<string, string>): string[] {
  try {
    readConfig(environment)
  } catch (error) {
    expect(error).toBeInstanceOf(StartFailure)
    const [first, ...lines] = String(error instanceof Error && error.message).split('\n')
    expect(first).toBe('The gateway cannot start with this environment:')
    return lines.map((line) => line.trim())
  }
  return []
}

const DEFAULTS: Config = {
  host: '127.0.0.1',
  port: 8080,
  dataDir: join(process.cwd(), 'data'),
  debug: false,
  cors: { enabled: true, allowedOrigins: ['*'] },
  databaseUrl: null,
  encryptionKey: null,
  adminToken: null,
  adminAuth: 'password',
  publicUrl: null,
  trustedProxies: [],
  drainMs: 30_000,
  logRetentionDays: 30,
  logMaxMegabytes: 2000,
}

test('without any variable the documented defaults hold', () => {
  expect(readConfig({})).toEqual(DEFAULTS)
})

test('a variable that is empty, or only spaces, counts as not set; variables of others are passed over', () => {
  const names = ['HOST', 'SERVER_PORT', 'DATA_DIR', 'DEBUG', 'DATABASE_URL', 'ENCRYPTION_KEY', 'ADMIN_TOKEN']
  const empty = Object.fromEntries(names.map((name, index) => [name, index % 2 === 0 ? '' : '  ']))
  expect(readConfig({ ...empty, PATH: '/usr/bin', PORT: 'abc' })).toEqual(DEFAULTS)
})

const TAKEN: readonly [variable: string, value: string, expected: Partial<Config>][] = [
  ['HOST', '0.0.0.0', { host: '0.0.0.0' }],
  ['HOST', '::1', { host: '::1' }],
  ['HOST', ' localhost ', { host: 'localhost' }],
  ['SERVER_PORT', '0', { port: 0 }],
  ['SERVER_PORT', '65535', { port: 65_535 }],
  ['DATA_DIR', '/var/lib/gateway', { dataDir: '/var/lib/gateway' }],
  ['DATA_DIR', 'some where', { dataDir: join(process.cwd(), 'some where') }],
  ['DEBUG', 'true', { debug: true }],
  ['DEBUG', '1', { debug: true }],
  ['DEBUG', 'off', { debug: false }],
  ['ENABLE_CORS', 'false', { cors: { enabled: false, allowedOrigins: ['*'] } }],
  ['ENABLE_CORS', 'no', { cors: { enabled: false, allowedOrigins: ['*'] } }],
  [
    'ALLOWED_ORIGINS',
    'https://a.example, http://localhost:3000',
    { cors: { enabled: true, allowedOrigins: ['https://a.example', 'http://localhost:3000'] } },
  ],
  ['DATABASE_URL', 'postgres://u:p@db:5432/gateway', { databaseUrl: 'postgres://u:p@db:5432/gateway' }],
  ['DATABASE_URL', 'postgresql://db/gateway', { databaseUrl: 'postgresql://db/gateway' }],
  ['ENCRYPTION_KEY', 'x'.repeat(16), { encryptionKey: 'x'.repeat(16) }],
  ['ADMIN_TOKEN', 'y'.repeat(16), { adminToken: 'y'.repeat(16) }],
  ['ADMIN_AUTH', 'none', { adminAuth: 'none' }],
  ['ADMIN_AUTH', 'password', { adminAuth: 'password' }],
  ['PUBLIC_URL', 'https://gateway.example/', { publicUrl: 'https://gateway.example' }],
  ['TRUSTED_PROXIES', '10.0.0.0/8, ::1', { trustedProxies: ['10.0.0.0/8', '::1'] }],
  ['DRAIN_SECONDS', '0', { drainMs: 0 }],
  ['DRAIN_SECONDS', '3600', { drainMs: 3_600_000 }],
  ['LOG_RETENTION_DAYS', '0', { logRetentionDays: 0 }],
  ['LOG_RETENTION_DAYS', '3650', { logRetentionDays: 3650 }],
  ['LOG_MAX_SIZE', '0', { logMaxMegabytes: 0 }],
  ['LOG_MAX_SIZE', '500MB', { logMaxMegabytes: 500 }],
  ['LOG_MAX_SIZE', '2 gb', { logMaxMegabytes: 2000 }],
  ['LOG_MAX_SIZE', '10TB', { logMaxMegabytes: 10_000_000 }],
]
test.each(TAKEN)('%s=%s is taken', (variable, value, expected) => {
  expect(readConfig({ [variable]: value })).toEqual({ ...DEFAULTS, ...expected })
})

const REFUSED: readonly [variable: string, values: readonly string[], shouldBe: string][] = [
  ['HOST', ['http://0.0.0.0', 'a b', '127.0.0.1/8'], 'must be a host name or an IP address'],
  ['SERVER_PORT', ['65536', '-1', '80.5', '0x50', 'http'], 'must be a whole number from 0 to 65535'],
  ['DEBUG', ['perhaps', '2', 'TRUE!'], 'must be true or false'],
  ['ENABLE_CORS', ['ja'], 'must be true or false'],
  [
    'ALLOWED_ORIGINS',
    ['a.example', 'https://a.example/', 'https://a.example, b', 'https://*.example', 'null'],
    'must be * or origins such as https://console.example.com, comma-separated',
  ],
  ['DATABASE_URL', ['mysql://db/x', 'gateway.db', 'db:5432'], 'must be empty (SQLite) or a postgres:// URL'],
  ['ENCRYPTION_KEY', ['x'.repeat(15)], 'must have at least 16 characters'],
  ['ADMIN_TOKEN', ['y'.repeat(15)], 'must have at least 16 characters'],
  ['ADMIN_AUTH', ['off', 'None!'], 'must be password or none'],
  [
    'PUBLIC_URL',
    ['gateway.example', 'ftp://a'],
    'must be an http(s) URL such as https://gateway.example.com',
  ],
  [
    'TRUSTED_PROXIES',
    ['proxy', '10.0.0.0/33', '10.0.0.0/', '1.2.3.4,,'],
    'must be addresses or networks such as 10.0.0.0/8, comma-separated',
  ],
  ['DRAIN_SECONDS', ['3601', '-1', '1.5', 'soon'], 'must be a whole number from 0 to 3600'],
  ['LOG_RETENTION_DAYS', ['3651', '-1', '1.5', 'forever'], 'must be a whole number from 0 to 3650'],
  [
    'LOG_MAX_SIZE',
    ['2000', '9MB', '11TB', '1.5GB', 'big', '2GiB'],
    'must be 0 (no limit) or a size from 10MB to 10TB such as 500MB or 2GB',
  ],
]
test.each(REFUSED)('%s refuses %j and says what it should be', (variable, values, shouldBe) => {
  for (const value of values) expect(faultsOf({ [variable]: value })).toEqual([`${variable} ${shouldBe}`])
})

test('every fault is named in one message, and no value is repeated in it', () => {
  const environment = Object.fromEntries(REFUSED.map(([variable, [value = '']]) => [variable, value]))
  const faults = faultsOf(environment)
  expect(faults.map((fault) => fault.split(' ')[0]).sort()).toEqual(Object.keys(environment).sort())
  const secrets = ['x'.repeat(15), 'y'.repeat(15), 'mysql', 'perhaps']
  for (const secret of secrets) expect(faults.join('\n')).not.toContain(secret)
})

const OPEN = 'ADMIN_AUTH may be none only where HOST is a loopback address such as 127.0.0.1'

test.each(['127.0.0.1', '127.8.9.10', 'localhost', '::1'])('no sign-in is allowed on %s', (host) => {
  expect(readConfig({ ADMIN_AUTH: 'none', HOST: host }).adminAuth).toBe('none')
})

test.each(['0.0.0.0', '::', '192.168.1.5', 'gateway.example', '127.0.0.1.example', 'localhost.example'])(
  'no sign-in is refused on %s',
  (host) => {
    expect(faultsOf({ ADMIN_AUTH: 'none', HOST: host })).toEqual([OPEN])
  },
)

test('that rule is told together with other faults, whatever their kind', () => {
  const open = { ADMIN_AUTH: 'none', HOST: '0.0.0.0' }
  expect(faultsOf({ ...open, DEBUG: 'perhaps' })).toEqual(['DEBUG must be true or false', OPEN])
  expect(faultsOf({ ...open, SERVER_PORT: '99999' })).toHaveLength(2)
  expect(faultsOf({ ...open, HOST: 'a b' })).toEqual(['HOST must be a host name or an IP address'])
})
