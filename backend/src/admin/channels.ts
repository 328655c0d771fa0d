/** Channels: list, read, add, change, switch on and off, delete, test. */
import type { ChannelView, channelEndpoints } from '@claude-gateway/contract/channel.ts'
import {
  createChannel,
  deleteChannel,
  listChannels,
  setPriorities,
  updateChannel,
} from '../store/channels.ts'
import { changed } from './audit.ts'
import { channelById, found, noChannel } from './channel-by-id.ts'
import { testTarget } from './channel-test.ts'
import { channelView } from './channel-view.ts'
import type { AdminContext } from './context.ts'
import type { AdminCall, HandlersOf } from './handler.ts'
import { headersMeant, proxyUrlMeant } from './masked-change.ts'

export const channelHandlers: HandlersOf<typeof channelEndpoints> = {
  async list(context) {
    const channels = await listChannels(context.store.db, context.secrets)
    return { data: channels.map((channel) => channelView(context, channel)), next_cursor: null }
  },

  async get(context, { params }) {
    return channelView(context, await channelById(context, params.id))
  },

  async create(context, { body }, call) {
    const fields = {
      ...body,
      proxy_url: proxyUrlMeant(body.proxy_url, null),
      add_headers: headersMeant(body.add_headers, {}),
    }
    const channel = await createChannel(context.store.db, context.secrets, fields)
    await changed(context, call, 'channel created', { channelId: channel.id, name: channel.name })
    return channelView(context, channel)
  },

  async update(context, { params, body }, call) {
    const stored = await channelById(context, params.id)
    const { proxy_url, add_headers } = body
    const change = {
      ...body,
      ...(proxy_url !== undefined && { proxy_url: proxyUrlMeant(proxy_url, stored.proxyUrl) }),
      ...(add_headers !== undefined && { add_headers: headersMeant(add_headers, stored.addHeaders) }),
    }
    const updated = await updateChannel(context.store.db, context.secrets, params.id, change)
    const channel = found(updated, params.id)
    const fields = Object.keys(body)
    await changed(context, call, 'channel changed', { channelId: channel.id, name: channel.name, fields })
    return channelView(context, channel)
  },

  async order(context, { body: { priorities } }, call) {
    const unknown = await setPriorities(context.store.db, priorities)
    if (unknown !== undefined) throw noChannel(unknown)
    const channels = await listChannels(context.store.db, context.secrets)
    const isMoved = new Set(priorities.map(({ id }) => id))
    const names = channels.filter(({ id }) => isMoved.has(id)).map(({ name }) => name)
    await changed(context, call, 'channels reordered', { names })
    return { data: channels.map((channel) => channelView(context, channel)), next_cursor: null }
  },

  async remove(context, { params }, call) {
    if (!(await deleteChannel(context.store.db, params.id))) throw noChannel(params.id)
    await changed(context, call, 'channel deleted', { channelId: params.id })
    return {}
  },

  activate: (context, { params }, call) => switchTo(true, { context, id: params.id, call }),
  deactivate: (context, { params }, call) => switchTo(false, { context, id: params.id, call }),

  async test(context, { body }) {
    const stored = body.id === undefined ? null : await channelById(context, body.id)
    return context.testChannel(testTarget(body, stored))
  },
}

async function switchTo(
  enabled: boolean,
  { context, id, call }: { context: AdminContext; id: number; call: AdminCall },
): Promise<ChannelView> {
  const channel = found(await updateChannel(context.store.db, context.secrets, id, { enabled }), id)
  const event = enabled ? 'channel activated' : 'channel deactivated'
  await changed(context, call, event, { channelId: id, name: channel.name })
  return channelView(context, channel)
}
