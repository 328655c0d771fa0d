/** The row of a channel: which column holds what, what is coded, and what is sealed. */
import type { ChannelChange } from '@claude-gateway/contract/channel.ts'
import type { Selectable } from 'kysely'
import { z } from 'zod'
import type { Channel } from '../domain/channel.ts'
import { toNanoUsd } from '../domain/price.ts'
import { toFlag } from './columns.ts'
import type { ChannelTable } from './schema.ts'
import type { Secrets } from './secrets.ts'
import { readTexts, writeTexts } from './texts-json.ts'

/** The columns of a change; one that is undefined is left alone. */
export function columnsOf(change: ChannelChange, id: number, secrets: Secrets) {
  const { models, drop_headers, probe_daily_usd, cost_multiplier, enabled } = change
  return {
    name: change.name,
    provider: change.provider,
    base_url: change.base_url,
    auth: change.auth,
    priority: change.priority,
    weight: change.weight,
    max_concurrency: change.max_concurrency,
    max_requests_per_minute: change.max_requests_per_minute,
    connect_timeout_ms: change.connect_timeout_ms,
    first_byte_timeout_ms: change.first_byte_timeout_ms,
    idle_timeout_ms: change.idle_timeout_ms,
    models: models && writeTexts(models),
    drop_headers: drop_headers && writeTexts(drop_headers),
    probe_interval_seconds: change.probe_interval_seconds,
    probe_model: change.probe_model,
    probe_daily_nano_usd: probe_daily_usd === undefined ? undefined : toNanoUsd(probe_daily_usd),
    cost_multiplier_millionths: cost_multiplier === undefined ? undefined : toMillionths(cost_multiplier),
    enabled: enabled === undefined ? undefined : toFlag(enabled),
    ...sealedColumns(change, id, secrets),
  }
}

const toMillionths = (multiplier: number): number => Math.round(multiplier * 1_000_000)

type SealedColumn = 'api_key' | 'proxy_url' | 'add_headers'

/** Bound to channel and column: moved to another row, a sealed text does not open. */
const contextOf = (id: number, column: SealedColumn): string => `channel:${id}:${column}`

function sealedColumns(change: ChannelChange, id: number, secrets: Secrets) {
  const seal = <Empty extends null | undefined>(plain: string | Empty, column: SealedColumn) =>
    plain === null || plain === undefined ? plain : secrets.seal(plain, contextOf(id, column))
  return {
    api_key: seal<undefined>(change.api_key, 'api_key'),
    proxy_url: seal(change.proxy_url, 'proxy_url'),
    add_headers: seal(change.add_headers && writeHeaders(change.add_headers), 'add_headers'),
  }
}

const headersSchema = z.record(z.string(), z.string())

type Headers = Readonly<Record<string, string>>

const writeHeaders = (headers: Headers): string | null =>
  Object.keys(headers).length === 0 ? null : JSON.stringify(headers)

/** Throws when a sealed column cannot be opened. */
export function toChannel(row: Selectable<ChannelTable>, secrets: Secrets): Channel {
  const open = (sealed: string, column: SealedColumn) => secrets.open(sealed, contextOf(row.id, column))
  return {
    id: row.id,
    name: row.name,
    provider: row.provider,
    baseUrl: row.base_url,
    apiKey: open(row.api_key, 'api_key'),
    auth: row.auth,
    priority: row.priority,
    weight: row.weight,
    models: readTexts(row.models),
    maxConcurrency: row.max_concurrency,
    maxRequestsPerMinute: row.max_requests_per_minute,
    connectTimeoutMs: row.connect_timeout_ms,
    firstByteTimeoutMs: row.first_byte_timeout_ms,
    idleTimeoutMs: row.idle_timeout_ms,
    addHeaders:
      row.add_headers === null ? {} : headersSchema.parse(JSON.parse(open(row.add_headers, 'add_headers'))),
    dropHeaders: readTexts(row.drop_headers),
    proxyUrl: row.proxy_url === null ? null : open(row.proxy_url, 'proxy_url'),
    probeIntervalSeconds: row.probe_interval_seconds,
    probeModel: row.probe_model,
    probeDailyNanoUsd: row.probe_daily_nano_usd,
    costMultiplierMillionths: row.cost_multiplier_millionths,
    enabled: row.enabled === 1,
    createdAtMs: row.created_at_ms,
    updatedAtMs: row.updated_at_ms,
  }
}
