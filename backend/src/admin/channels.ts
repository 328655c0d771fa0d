/** Channels: list, read, add, change, switch on and off, delete, test. */
import type { ChannelView, channelEndpoints } from '@claude-gateway/contract/channel.ts'
import type { Channel } from '../domain/channel.ts'
import { GatewayError } from '../failures.ts'
import { createChannel, deleteChannel, findChannel, listChannels, updateChannel } from '../store/channels.ts'
import { changed } from './audit.ts'
import { testTarget } from './channel-test.ts'
import { channelView } from './channel-view.ts'
import type { AdminContext } from './context.ts'
import type { AdminCall, HandlersOf } from './handler.ts'
import { proxyUrlMeant } from './proxy-url-change.ts'

export const channelHandlers: HandlersOf<typeof channelEndpoints> = {
  async list(context) {
    const channels = await listChannels(context.store.db, context.secrets)
    return { data: channels.map((channel) => channelView(context, channel)), next_cursor: null }
  },

  async get(context, { params }) {
    return channelView(context, await channelById(context, params.id))
  },

  async create(context, { body }, call) {
    const fields = { ...body, proxy_url: proxyUrlMeant(body.proxy_url, null) }
    const channel = await createChannel(context.store.db, context.secrets, fields)
    await changed(context, call, 'channel created', { channelId: channel.id, name: channel.name })
    return channelView(context, channel)
  },

  async update(context, { params, body }, call) {
    const stored = await channelById(context, params.id)
    const change = { ...body }
    if (body.proxy_url !== undefined) change.proxy_url = proxyUrlMeant(body.proxy_url, stored.proxyUrl)
    const channel = found(
      await updateChannel(context.store.db, context.secrets, params.id, change),
      params.id,
    )
    const fields = Object.keys(body)
    await changed(context, call, 'channel changed', { channelId: channel.id, name: channel.name, fields })
    return channelView(context, channel)
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

async function channelById(context: AdminContext, id: number): Promise<Channel> {
  return found(await findChannel(context.store.db, context.secrets, id), id)
}

function found(channel: Channel | undefined, id: number): Channel {
  if (channel === undefined) throw noChannel(id)
  return channel
}

const noChannel = (id: number): GatewayError => new GatewayError('not_found', `There is no channel ${id}.`)
