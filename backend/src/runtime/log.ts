/** The gateway's own log: one structured line an event, never a secret. */
import { type DestinationStream, pino } from 'pino'

export interface Log {
  debug(fields: object, event: string): void
  info(fields: object, event: string): void
  warn(fields: object, event: string): void
  error(fields: object, event: string): void
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

export function createLog(options: { debug: boolean }, destination?: DestinationStream): Log {
  const settings = {
    level: options.debug ? 'debug' : 'info',
    redact: { paths: [...SECRETS, ...SECRETS.map((name) => `*["${name}"]`)], censor: '***' },
    base: null,
  }
  return destination ? pino(settings, destination) : pino(settings)
}
