/** What each field of a channel may hold. */
import { z } from 'zod'

/** The kind of upstream. Every relay that speaks Anthropic's Messages API is `anthropic`. */
export const providerSchema = z.enum(['anthropic'])

/** Which header carries the channel's key; `auto` decides by the form of the key. Contract rule B5. */
export const channelAuthSchema = z.enum(['auto', 'x_api_key', 'bearer', 'both'])
export type ChannelAuth = z.output<typeof channelAuthSchema>

const httpUrl = (value: string): boolean => {
  const url = URL.parse(value)
  return url !== null && (url.protocol === 'http:' || url.protocol === 'https:') && url.username === ''
}
export const baseUrlSchema = z
  .string()
  .trim()
  .max(2000)
  .refine(httpUrl, 'must be an http(s) URL such as https://api.anthropic.com, without user name or password')

export const upstreamKeySchema = z
  .string()
  .trim()
  .min(1, 'must not be empty')
  .max(4000)
  .regex(/^[\x21-\x7e]+$/, 'must be printable ASCII without spaces')

export const proxyUrlSchema = z
  .string()
  .trim()
  .max(2000)
  .refine(
    (value) => ['http:', 'https:'].includes(URL.parse(value)?.protocol ?? ''),
    'must be an http(s) proxy URL such as http://127.0.0.1:3128',
  )

export const timeoutMsSchema = z.number().int().min(100).max(3_600_000).nullable()

/** Framing, the connection, and the credential, which has a field of its own. */
const RESERVED_HEADERS = new Set([
  'authorization',
  'x-api-key',
  'host',
  'content-length',
  'content-encoding',
  'accept-encoding',
  'connection',
  'keep-alive',
  'expect',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])

export const headerNameSchema = z
  .string()
  .trim()
  .toLowerCase()
  .max(100)
  .regex(/^[!#$%&'*+.^_`|~0-9a-z-]+$/, 'must be an HTTP header name')
  .refine((name) => !RESERVED_HEADERS.has(name), 'is a header that the gateway sets itself')
export const headerValueSchema = z
  .string()
  .max(4000)
  .regex(/^[\t\x20-\x7e]*$/, 'must be printable ASCII')

/** In whole millionths, so that costs stay exact. */
export const costMultiplierSchema = z
  .number()
  .min(0)
  .max(1000)
  .refine((value) => Number(value.toFixed(6)) === value, 'must have at most 6 decimals')
