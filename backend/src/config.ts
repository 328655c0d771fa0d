/** The environment, read once and checked: the only reader of `process.env`. */
import { isIP } from 'node:net'
import { resolve } from 'node:path'
import { z } from 'zod'
import { StartFailure } from './failures.ts'

export interface Config {
  readonly host: string
  readonly port: number
  /** Absolute. */
  readonly dataDir: string
  readonly debug: boolean
  readonly cors: { readonly enabled: boolean; readonly allowedOrigins: readonly string[] }
  /** null: SQLite in `dataDir`. */
  readonly databaseUrl: string | null
  readonly encryptionKey: string | null
  readonly adminToken: string | null
  readonly adminAuth: 'password' | 'none'
  /** Where people reach the gateway, when a proxy stands before it: what its links begin with. */
  readonly publicUrl: string | null
  /** Addresses and networks of the proxies whose `X-Forwarded-For` is believed. */
  readonly trustedProxies: readonly string[]
  /** How long a stop waits for the requests under way. */
  readonly drainMs: number
  /** The defaults of two settings; 0 is no limit. */
  readonly logRetentionDays: number
  readonly logMaxMegabytes: number
}

const flag = z
  .enum(['true', 'false', '1', '0', 'yes', 'no', 'on', 'off'], 'must be true or false')
  .transform((value) => ['true', '1', 'yes', 'on'].includes(value))
const wholeNumber = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d+$/, `must be a whole number from ${least} to ${most}`)
    .transform(Number)
    .refine((value) => value >= least && value <= most, `must be a whole number from ${least} to ${most}`)

// A star inside an address is a fine URL, but no page's origin ever equals it.
const isOrigin = (value: string): boolean =>
  value === '*' || (!value.includes('*') && URL.parse(value)?.origin === value)
const origins = z
  .string()
  .transform((value) => value.split(',').map((origin) => origin.trim()))
  .refine(
    (list) => list.every(isOrigin),
    'must be * or origins such as https://console.example.com, comma-separated',
  )

const isNetwork = (value: string): boolean => {
  const [address = '', bits, ...rest] = value.split('/')
  const most = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1
  return rest.length === 0 && most > 0 && (bits === undefined || (/^\d+$/.test(bits) && Number(bits) <= most))
}
const networks = z
  .string()
  .transform((value) => value.split(',').map((network) => network.trim()))
  .refine(
    (list) => list.every(isNetwork),
    'must be addresses or networks such as 10.0.0.0/8, comma-separated',
  )

const MEGABYTES: Readonly<Record<string, number>> = { MB: 1, GB: 1000, TB: 1_000_000 }
const SIZE = 'must be 0 (no limit) or a size from 10MB to 10TB such as 500MB or 2GB'
const megabytes = z
  .string()
  .toUpperCase()
  .regex(/^(?:0|\d{1,8} ?(?:MB|GB|TB))$/, SIZE)
  .transform((value) => Number.parseInt(value, 10) * (MEGABYTES[value.slice(-2)] ?? 1))
  .refine((value) => value === 0 || (value >= 10 && value <= 10_000_000), SIZE)

const isWebUrl = (value: string): boolean => /^https?:$/.test(URL.parse(value)?.protocol ?? '')
const isDatabaseUrl = (value: string): boolean => /^postgres(ql)?:$/.test(URL.parse(value)?.protocol ?? '')
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|::1)$/

const signInFields = {
  HOST: z
    .string()
    .regex(/^[\w.:-]+$/, 'must be a host name or an IP address')
    .default('127.0.0.1'),
  ADMIN_AUTH: z.enum(['password', 'none'], 'must be password or none').default('password'),
}
const signInSchema = z.object(signInFields)

const environmentSchema = z
  .object({
    ...signInFields,
    SERVER_PORT: wholeNumber(0, 65_535).default(8080),
    DATA_DIR: z.string().default('./data'),
    DEBUG: flag.default(false),
    ENABLE_CORS: flag.default(true),
    ALLOWED_ORIGINS: origins.default(['*']),
    DATABASE_URL: z
      .string()
      .refine(isDatabaseUrl, 'must be empty (SQLite) or a postgres:// URL')
      .nullable()
      .default(null),
    ENCRYPTION_KEY: z.string().min(16, 'must have at least 16 characters').nullable().default(null),
    ADMIN_TOKEN: z.string().min(16, 'must have at least 16 characters').nullable().default(null),
    PUBLIC_URL: z
      .string()
      .refine(isWebUrl, 'must be an http(s) URL such as https://gateway.example.com')
      .transform((value) => value.replace(/\/+$/, ''))
      .nullable()
      .default(null),
    TRUSTED_PROXIES: networks.default([]),
    DRAIN_SECONDS: wholeNumber(0, 3600).default(30),
    LOG_RETENTION_DAYS: wholeNumber(0, 3650).default(30),
    LOG_MAX_SIZE: megabytes.default(2000),
  })
  .refine(({ ADMIN_AUTH, HOST }) => ADMIN_AUTH !== 'none' || LOOPBACK.test(HOST), {
    path: ['ADMIN_AUTH'],
    error: 'may be none only where HOST is a loopback address such as 127.0.0.1',
    // Zod would else keep this rule back until every other variable is right.
    when: ({ value }) => signInSchema.safeParse(value).success,
  })

/**
 * A variable that is empty counts as not set.
 * @throws StartFailure naming every variable that is wrong, and what it should be. No value is repeated: some are secrets.
 */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const set = Object.entries(environment).filter(([, value]) => value !== undefined && value.trim() !== '')
  const parsed = environmentSchema.safeParse(
    Object.fromEntries(set.map(([name, value]) => [name, value?.trim()])),
  )
  if (!parsed.success) throw faultsIn(parsed.error)
  const { data } = parsed
  return {
    host: data.HOST,
    port: data.SERVER_PORT,
    dataDir: resolve(data.DATA_DIR),
    debug: data.DEBUG,
    cors: { enabled: data.ENABLE_CORS, allowedOrigins: data.ALLOWED_ORIGINS },
    databaseUrl: data.DATABASE_URL,
    encryptionKey: data.ENCRYPTION_KEY,
    adminToken: data.ADMIN_TOKEN,
    adminAuth: data.ADMIN_AUTH,
    publicUrl: data.PUBLIC_URL,
    trustedProxies: data.TRUSTED_PROXIES,
    drainMs: data.DRAIN_SECONDS * 1000,
    logRetentionDays: data.LOG_RETENTION_DAYS,
    logMaxMegabytes: data.LOG_MAX_SIZE,
  }
}

function faultsIn({ issues }: z.ZodError): StartFailure {
  const lines = issues.map(({ path, message }) => `  ${path.join('.')} ${message}`)
  return new StartFailure(['The gateway cannot start with this environment:', ...lines].join('\n'))
}
