/** Model mappings: list, add, change, delete. */
import type { MappingView, mappingEndpoints } from '@claude-gateway/contract/mapping.ts'
import type { ModelMapping } from '../domain/model-mapping.ts'
import { GatewayError } from '../failures.ts'
import { findChannel, listChannels } from '../store/channels.ts'
import { createMapping, deleteMapping, listMappings, updateMapping } from '../store/mappings.ts'
import { changed } from './audit.ts'
import type { AdminContext } from './context.ts'
import type { HandlersOf } from './handler.ts'

export const mappingHandlers: HandlersOf<typeof mappingEndpoints> = {
  async list(context, { query }) {
    const mappings = await listMappings(context.store.db, query.channel_id)
    const channels = await listChannels(context.store.db, context.secrets)
    const names = new Map(channels.map((channel) => [channel.id, channel.name]))
    const nameOf = (id: number | null) => (id === null ? null : (names.get(id) ?? null))
    return { data: mappings.map((mapping) => view(mapping, nameOf(mapping.channelId))), next_cursor: null }
  },

  async create(context, { body }, call) {
    const mapping = await createMapping(context.store.db, body)
    await changed(context, call, 'mapping created', facts(mapping))
    return view(mapping, await channelName(context, mapping))
  },

  async update(context, { params, body }, call) {
    const mapping = await updateMapping(context.store.db, params.id, body)
    if (mapping === undefined) throw noMapping(params.id)
    await changed(context, call, 'mapping changed', facts(mapping))
    return view(mapping, await channelName(context, mapping))
  },

  async remove(context, { params }, call) {
    if (!(await deleteMapping(context.store.db, params.id))) throw noMapping(params.id)
    await changed(context, call, 'mapping deleted', { mappingId: params.id })
    return {}
  },
}

function view(mapping: ModelMapping, channelName: string | null): MappingView {
  return {
    id: mapping.id,
    channel_id: mapping.channelId,
    channel_name: channelName,
    display_model: mapping.displayModel,
    upstream_model: mapping.upstreamModel,
    created_at_ms: mapping.createdAtMs,
    updated_at_ms: mapping.updatedAtMs,
  }
}

async function channelName(context: AdminContext, { channelId }: ModelMapping): Promise<string | null> {
  if (channelId === null) return null
  return (await findChannel(context.store.db, context.secrets, channelId))?.name ?? null
}

const facts = ({ id, channelId, displayModel, upstreamModel }: ModelMapping): object => ({
  mappingId: id,
  channelId,
  displayModel,
  upstreamModel,
})

const noMapping = (id: number): GatewayError => new GatewayError('not_found', `There is no mapping ${id}.`)
