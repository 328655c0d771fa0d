/** Channels, mappings and routes for tests of rules: complete values, of which a test names only what it is about. */
import type { Channel } from '../../src/domain/channel.ts'
import type { Standing } from '../../src/domain/channel-health.ts'
import { type ModelMapping, mappingTable } from '../../src/domain/model-mapping.ts'
import type { RouteContext } from '../../src/domain/route.ts'

export function channelOf(fields: Partial<Channel> & { id: number }): Channel {
  return {
    name: `channel ${fields.id}`,
    provider: 'anthropic',
    baseUrl: `https://upstream-${fields.id}.test`,
    apiKey: `sk-ant-api03-${fields.id}`,
    auth: 'auto',
    priority: 0,
    weight: 1,
    models: [],
    maxConcurrency: null,
    maxRequestsPerMinute: null,
    connectTimeoutMs: null,
    firstByteTimeoutMs: null,
    idleTimeoutMs: null,
    addHeaders: {},
    dropHeaders: [],
    proxyUrl: null,
    probeIntervalSeconds: 0,
    probeModel: null,
    probeDailyNanoUsd: 0,
    costMultiplierMillionths: 1_000_000,
    enabled: true,
    createdAtMs: 0,
    updatedAtMs: 0,
    ...fields,
  }
}

export function mappingOf(
  displayModel: string,
  upstreamModel: string,
  channelId: number | null = null,
): ModelMapping {
  return { id: 1, channelId, displayModel, upstreamModel, createdAtMs: 0, updatedAtMs: 0 }
}

const IN_ORDER: Standing = { use: 'normal', reason: null, detail: null, untilMs: null }

/** Channels in order, none full, no mappings, every `claude-…` known; a test says what differs. */
export function contextOf(
  channels: readonly Channel[],
  differences: Partial<RouteContext> = {},
): RouteContext {
  return {
    channels,
    mappings: mappingTable([]),
    isKnownModel: (model) => model.startsWith('claude-'),
    standing: () => IN_ORDER,
    isFull: () => false,
    ...differences,
  }
}
