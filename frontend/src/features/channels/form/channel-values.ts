/** A channel as its form holds it: empty where the contract says null or leaves out. */
import type { ChannelView } from '@claude-gateway/contract/channel.ts'
import type { ChannelAuth } from '@claude-gateway/contract/channel-fields.ts'

export interface HeaderRow {
  name: string
  value: string
}

export interface ChannelValues {
  name: string
  base_url: string
  /** Empty when editing: the stored one stays. */
  api_key: string
  auth: ChannelAuth
  priority: number
  weight: number
  models: string[]
  max_concurrency: number | null
  max_requests_per_minute: number | null
  connect_timeout_ms: number | null
  first_byte_timeout_ms: number | null
  idle_timeout_ms: number | null
  add_headers: HeaderRow[]
  drop_headers: string[]
  probe_interval_seconds: number
  probe_model: string
  probe_daily_usd: number
  proxy_url: string
  cost_multiplier: number
  enabled: boolean
}

export const emptyChannel: Partial<ChannelValues> = {
  auth: 'auto',
  priority: 0,
  weight: 1,
  models: [],
  max_concurrency: null,
  max_requests_per_minute: null,
  connect_timeout_ms: null,
  first_byte_timeout_ms: null,
  idle_timeout_ms: null,
  add_headers: [],
  drop_headers: [],
  probe_interval_seconds: 0,
  probe_model: '',
  probe_daily_usd: 0.1,
  proxy_url: '',
  cost_multiplier: 1,
  enabled: true,
}

/** Fields that are in the form what they are in the contract. */
const PLAIN = [
  'name',
  'base_url',
  'auth',
  'priority',
  'weight',
  'models',
  'max_concurrency',
  'max_requests_per_minute',
  'connect_timeout_ms',
  'first_byte_timeout_ms',
  'idle_timeout_ms',
  'drop_headers',
  'probe_interval_seconds',
  'probe_daily_usd',
  'cost_multiplier',
  'enabled',
] as const satisfies readonly (keyof ChannelValues & keyof ChannelView)[]

export function valuesOf(channel: ChannelView): Partial<ChannelValues> {
  return {
    ...Object.fromEntries(PLAIN.map((field) => [field, channel[field]])),
    add_headers: Object.entries(channel.add_headers).map(([name, value]) => ({ name, value })),
    probe_model: channel.probe_model ?? '',
    proxy_url: channel.proxy_url ?? '',
  }
}

/** Stands for a secret that the gateway does not show. */
const MASK = '***'

/** A channel like this one, under another name. What the gateway does not show has to be entered again. */
export function copyOf(channel: ChannelView, name: string): Partial<ChannelValues> {
  const values = valuesOf(channel)
  return { ...values, name, add_headers: values.add_headers?.map((row) => ({ ...row, value: '' })) ?? [] }
}

/** The gateway finds fault with the mask where it has no such password, so that none is left out by mistake. */
function withoutPassword(proxyUrl: string): string {
  const url = URL.parse(proxyUrl)
  if (url === null || url.password === '' || url.password === MASK) return proxyUrl
  url.password = MASK
  return url.href
}

/** What a draft may keep: no key, no header's value, no proxy's password. */
export function withoutSecrets({ api_key: _, ...values }: ChannelValues): Partial<ChannelValues> {
  const hidden = ({ name, value }: HeaderRow) => ({ name, value: value === MASK ? MASK : '' })
  return {
    ...values,
    add_headers: (values.add_headers ?? []).map(hidden),
    proxy_url: withoutPassword(values.proxy_url ?? ''),
  }
}

const orNull = (text: string | undefined) => (text ? text : null)

/** Rows without a name say nothing. */
const headersOf = (rows: readonly HeaderRow[] | undefined) =>
  Object.fromEntries((rows ?? []).filter(({ name }) => name !== '').map(({ name, value }) => [name, value]))

export function newChannelBody(values: ChannelValues) {
  return {
    ...values,
    add_headers: headersOf(values.add_headers),
    probe_model: orNull(values.probe_model),
    proxy_url: orNull(values.proxy_url),
  }
}

/**
 * What a change sends. The key only where one was typed; the proxy only where it differs from what is shown, since
 * what is shown lacks the proxy's password.
 */
export function channelChangeBody(values: ChannelValues, before: ChannelView) {
  const { api_key, proxy_url, ...rest } = newChannelBody(values)
  return {
    ...rest,
    ...(api_key ? { api_key } : {}),
    ...(proxy_url === before.proxy_url ? {} : { proxy_url }),
  }
}

/** What a test of an unsaved channel sends; with `before`, the gateway fills in what is not given. */
export function channelTestTarget(values: ChannelValues, before?: ChannelView) {
  const { base_url, api_key, auth } = values
  const proxyChanged = orNull(values.proxy_url) !== (before?.proxy_url ?? null)
  return {
    ...(before ? { id: before.id } : {}),
    base_url,
    auth,
    ...(api_key ? { api_key } : {}),
    ...(proxyChanged ? { proxy_url: orNull(values.proxy_url) } : {}),
  }
}
