/** A channel's condition: read it, forget it, or take the channel out of the routes for a while. */

import type { ChannelHealthView, channelHealthEndpoints } from '@claude-gateway/contract/channel-health.ts'
import { partsOf } from '@claude-gateway/contract/reason.ts'
import { inEnglish } from '@claude-gateway/contract/reason-english.ts'
import type { Channel } from '../domain/channel.ts'
import { listChannelEvents } from '../store/channel-health.ts'
import { audit } from './audit.ts'
import { channelById } from './channel-by-id.ts'
import type { AdminContext } from './context.ts'
import type { HandlersOf } from './handler.ts'

const MINUTE_MS = 60_000

export const channelHealthHandlers: HandlersOf<typeof channelHealthEndpoints> = {
  async read(context, { params }) {
    return view(context, await channelById(context, params.id))
  },

  async clear(context, { params }, call) {
    const channel = await channelById(context, params.id)
    context.health.clear(channel.id)
    await audit(context, call, 'channel health cleared', { channelId: channel.id, name: channel.name })
    return view(context, channel)
  },

  async pause(context, { params, body }, call) {
    const channel = await channelById(context, params.id)
    const untilMs = Math.round(context.now() + body.minutes * MINUTE_MS)
    context.health.pause(channel.id, untilMs)
    await audit(context, call, 'channel paused', { channelId: channel.id, name: channel.name, untilMs })
    return view(context, channel)
  },
}

/** The last changes that are shown. */
const TIMELINE_LENGTH = 100

async function view({ health, store }: AdminContext, channel: Channel): Promise<ChannelHealthView> {
  await health.flush()
  const events = await listChannelEvents(store.reports, channel.id, TIMELINE_LENGTH)
  const timeline = events.map(({ atMs, event, reason, untilMs }) => ({
    at_ms: atMs,
    event,
    reason: reason === null ? null : inEnglish(reason),
    reason_parts: partsOf(reason),
    until_ms: untilMs,
  }))
  return { ...health.viewOf(channel), timeline }
}
