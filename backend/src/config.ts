/** The environment, read once and checked: the only reader of `process.env`. */
import { resolve } from 'node:path'
import { z } from 'zod'

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
  /** How long a stop waits for the requests under way. */
  readonly drainMs: number
}

/** Names every variable that is wrong, and what it should be. */
export class ConfigError extends Error {
  constructor(problems: readonly string[]) {
    super(
      `The gateway cannot start with this environment:\n${problems.map((problem) => `  ${problem}`).join('\n')}`,
    )
    this.name = 'ConfigError'
  }
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

const isOrigin = (value: string): boolean => value === '*' || URL.parse(value)?.origin === value
const origins = z
  .string()
  .transform((value) => value.split(',').map((origin) => origin.trim()))
  .refine(
    (list) => list.every(isOrigin),
    'must be * or origins such as https://console.example.com, comma-separated',
  )

const isDatabaseUrl = (value: string): boolean => /^postgres(ql)?:$/.test(URL.parse(value)?.protocol ?? '')
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|::1)$/

const environmentSchema = z
  .object({
    HOST: z
      .string()
      .regex(/^[\w.:-]+$/, 'must be a host name or an IP address')
      .default('127.0.0.1'),
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
    ADMIN_AUTH: z.enum(['password', 'none'], 'must be password or none').default('password'),
    DRAIN_SECONDS: wholeNumber(0, 3600).default(30),
  })
  .superRefine(({ ADMIN_AUTH, HOST }, context) => {
    if (ADMIN_AUTH === 'none' && !LOOPBACK.test(HOST)) {
      const message = `none is accepted only when HOST is a loopback address, and HOST is ${HOST}`
      context.addIssue({ code: 'custom', path: ['ADMIN_AUTH'], message })
    }
  })

/** @throws ConfigError. A variable that is empty counts as not set. No value is ever repeated: some are secrets. */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const set = Object.entries(environment).filter(([, value]) => value !== undefined && value.trim() !== '')
  const parsed = environmentSchema.safeParse(
    Object.fromEntries(set.map(([name, value]) => [name, value?.trim()])),
  )
  if (!parsed.success) {
    throw new ConfigError(parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`))
  }
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
    drainMs: data.DRAIN_SECONDS * 1000,
  }
}
