/** What an audit event tells in the words of the forms; what they have no words for stays as the API names it. */
import type { TFunction } from 'i18next'
import type { Catalogue } from '../../i18n/en.ts'
import type { Formats } from '../../i18n/formats.ts'

type Words = (t: TFunction) => string

/** The fields of what was changed, by the kind of thing. */
const FIELDS: Readonly<Record<string, Readonly<Record<string, Words>>>> = {
  channel: {
    name: (t) => t('channelForm.name'),
    base_url: (t) => t('channelForm.baseUrl'),
    api_key: (t) => t('channelForm.apiKey'),
    auth: (t) => t('channelForm.auth'),
    priority: (t) => t('channelForm.priority'),
    weight: (t) => t('channelForm.weight'),
    models: (t) => t('channelForm.models'),
    enabled: (t) => t('channelForm.enabled'),
    max_concurrency: (t) => t('channelForm.max_concurrency'),
    max_requests_per_minute: (t) => t('channelForm.max_requests_per_minute'),
    connect_timeout_ms: (t) => t('channelForm.connect_timeout_ms'),
    first_byte_timeout_ms: (t) => t('channelForm.first_byte_timeout_ms'),
    idle_timeout_ms: (t) => t('channelForm.idle_timeout_ms'),
    add_headers: (t) => t('channelForm.addHeaders'),
    drop_headers: (t) => t('channelForm.dropHeaders'),
    proxy_url: (t) => t('channelForm.proxyUrl'),
    probe_interval_seconds: (t) => inGroup(t('channelForm.groups.probes'), t('channelForm.probeInterval')),
    probe_model: (t) => inGroup(t('channelForm.groups.probes'), t('channelForm.probeModel')),
    probe_daily_usd: (t) => inGroup(t('channelForm.groups.probes'), t('channelForm.probeDailyUsd')),
    cost_multiplier: (t) => t('channelForm.costMultiplier'),
  },
  key: {
    name: (t) => t('keys.name'),
    models: (t) => t('keys.models'),
    tags: (t) => t('keys.tags'),
    enabled: (t) => t('keys.enabled'),
    requests_per_minute: (t) => t('keyForm.requests_per_minute'),
    tokens_per_minute: (t) => t('keyForm.tokens_per_minute'),
    max_concurrency: (t) => t('keyForm.max_concurrency'),
    budgets: (t) => t('keys.budgets'),
    time_zone: (t) => t('keyForm.timeZone'),
    expires_at_ms: (t) => inGroup(t('keyForm.groups.end'), t('keyForm.expiresAt')),
    expires_after_days: (t) => inGroup(t('keyForm.groups.end'), t('keyForm.expiresAfter')),
    allowed_addresses: (t) => t('keyForm.addresses'),
    capture: (t) => t('keyForm.capture'),
    may_choose_channel: (t) => t('keyForm.chooseChannel'),
  },
  price: {
    model: (t) => t('prices.model'),
    aliases: (t) => t('prices.aliases'),
    channel_id: (t) => t('prices.channel'),
    effective_from_ms: (t) => t('prices.from'),
    source: (t) => t('prices.source'),
    input: (t) => t('prices.rates.input'),
    output: (t) => t('prices.rates.output'),
    cache_read: (t) => t('prices.rates.cache_read'),
    cache_write_5m: (t) => t('prices.rates.cache_write_5m'),
    cache_write_1h: (t) => t('prices.rates.cache_write_1h'),
    fast: (t) => t('prices.fast'),
    long_prompt: (t) => t('prices.long'),
    web_search_per_1000: (t) => t('prices.webSearch'),
  },
}

/** What is told beside the thing itself. */
const NAMES: Readonly<Record<string, Words>> = {
  fields: (t) => t('audit.fields'),
  names: (t) => t('audit.areas.channel'),
  untilMs: (t) => t('filters.to'),
  kind: (t) => t('rules.means'),
  channel: (t) => t('requests.channel'),
  channelId: (t) => t('requests.channel'),
  channel_id: (t) => t('requests.channel'),
  model: (t) => t('prices.model'),
  upstreamModel: (t) => t('mappings.upstream'),
  effectiveFromMs: (t) => t('prices.from'),
  overlap_seconds: (t) => t('rotate.overlap'),
  tag: (t) => t('teams.tag'),
  period: (t) => t('teams.period'),
  from_ms: (t) => t('filters.from'),
  to_ms: (t) => t('filters.to'),
  rows_changed: (t) => t('repricing.changed'),
  old_nano_usd: (t) => t('repricing.before'),
  new_nano_usd: (t) => t('repricing.after'),
  ended_sessions: (t) => t('audit.endedSessions'),
  gatewayRequest: (t) => t('request.requestId'),
  name: (t) => t('audit.file'),
  bytes: (t) => t('system.size'),
  time_zone: (t) => t('settings.names.time_zone'),
  log_retention_days: (t) => t('settings.names.log_retention_days'),
  log_max_megabytes: (t) => t('settings.names.log_max_megabytes'),
  tag_headers: (t) => t('settings.names.tag_headers'),
  log_level: (t) => t('settings.names.log_level'),
}

const inGroup = (group: string, field: string): string => `${group} – ${field}`

type Kind = keyof Catalogue['rules']['kinds']
type Period = keyof Catalogue['budgets']['per']

export interface DetailReader {
  t: TFunction
  formats: Formats
  /** By id; a channel that is gone has none. */
  channels: ReadonlyMap<number, string>
}

/** undefined where the catalogue has no words for it. */
export const detailName = (t: TFunction, name: string): string | undefined => NAMES[name]?.(t)

/** A field of a thing: `base_url` of a `channel`. */
export const fieldName = (t: TFunction, kind: string, field: string): string =>
  FIELDS[kind]?.[field]?.(t) ?? field

/** @param kind of the thing that was changed: `channel`, `key`, … */
export function detailValue(reader: DetailReader, kind: string, [name, value]: [string, unknown]): string {
  const { t } = reader
  if (name === 'fields' && Array.isArray(value)) {
    return value.map((field) => fieldName(t, kind, String(field))).join(', ')
  }
  if (name === 'kind') return t(`rules.kinds.${value as Kind}`, { defaultValue: String(value) })
  if (name === 'period') return t(`budgets.per.${value as Period}`, { defaultValue: String(value) })
  if (typeof value === 'number') return numberWords(reader, name, value)
  if (Array.isArray(value)) return value.map(String).join(', ')
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value)
}

function numberWords({ t, formats, channels }: DetailReader, name: string, value: number): string {
  if (name === 'overlap_seconds') return value === 0 ? t('rotate.overlaps.none') : formats.period(value)
  if (name.startsWith('channel')) return channels.get(value) ?? `#${value}`
  if (name.endsWith('_nano_usd')) return formats.cost(value)
  if (!/(Ms|_ms)$/.test(name)) return String(value)
  return name === 'effectiveFromMs' && value === 0 ? t('prices.sinceLaunch') : formats.dateTime(value)
}
