/** The gateway's own log: one structured line an event, never a secret. */
import type { LogLevel } from '@claude-gateway/contract/settings.ts'
import { type DestinationStream, pino } from 'pino'

export interface Log {
  /** What it would say is worked out only where it is said. */
  debug(fields: () => object, event: string): void
  info(fields: object, event: string): void
  warn(fields: object, event: string): void
  error(fields: object, event: string): void
}

/** A log whose level may change while it is in use. */
export interface AdjustableLog extends Log {
  setLevel(level: LogLevel): void
}

/** Headers and fields that hold credentials, wherever they stand in what is logged. */
const SECRETS = [
  'api_key',
  'apiKey',
  'authorization',
  'x-api-key',
  'cookie',
  'password',
  'proxy_url',
  'proxyUrl',
]

export function createLog(options: { debug: boolean }, destination?: DestinationStream): AdjustableLog {
  const settings = {
    level: options.debug ? 'debug' : 'info',
    redact: { paths: [...SECRETS, ...SECRETS.map((name) => `*["${name}"]`)], censor: '***' },
    base: null,
  }
  const log = destination ? pino(settings, destination) : pino(settings)
  return {
    debug: (fields, event) => {
      if (log.isLevelEnabled('debug')) log.debug(fields(), event)
    },
    info: (fields, event) => log.info(fields, event),
    warn: (fields, event) => log.warn(fields, event),
    error: (fields, event) => log.error(fields, event),
    setLevel: (level) => {
      log.level = level
    },
  }
}
