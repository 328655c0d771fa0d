/** The stored channel that an id names. */
import type { Channel } from '../domain/channel.ts'
import { GatewayError } from '../failures.ts'
import { findChannel } from '../store/channels.ts'
import type { AdminContext } from './context.ts'

/** Throws `not_found`. */
export async function channelById({ store, secrets }: AdminContext, id: number): Promise<Channel> {
  return found(await findChannel(store.db, secrets, id), id)
}

/** Throws `not_found` where there is none. */
export function found(channel: Channel | undefined, id: number): Channel {
  if (channel === undefined) throw noChannel(id)
  return channel
}

export const noChannel = (id: number): GatewayError =>
  new GatewayError('not_found', `There is no channel ${id}.`)
