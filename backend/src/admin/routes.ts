/** Where a request would go now, asked without sending one. */
import type { routeEndpoints } from '@claude-gateway/contract/route.ts'
import { GatewayError } from '../failures.ts'
import { listChannelNames } from '../store/channels.ts'
import { listGatewayKeys } from '../store/gateway-keys.ts'
import type { AdminContext } from './context.ts'
import type { HandlersOf } from './handler.ts'

export const routeHandlers: HandlersOf<typeof routeEndpoints> = {
  async explain(context, { body }) {
    const fields = {
      ...(await faultOfKey(context, body.key_id)),
      ...(await faultsOfOverrides(
        context,
        body.overrides.map(({ channel_id }) => channel_id),
      )),
    }
    if (Object.keys(fields).length > 0) {
      throw new GatewayError('validation_failed', 'The question names what does not exist.', { fields })
    }
    return context.explainRoute(body)
  },
}

async function faultOfKey({ store }: AdminContext, id: number | undefined): Promise<Record<string, string>> {
  if (id === undefined) return {}
  const keys = await listGatewayKeys(store.db)
  return keys.some((key) => key.id === id) ? {} : { key_id: 'no key has this id' }
}

/** An edit of a channel that is not there would be an answer to another question. */
async function faultsOfOverrides(
  { store }: AdminContext,
  channelIds: readonly number[],
): Promise<Record<string, string>> {
  if (channelIds.length === 0) return {}
  const names = await listChannelNames(store.db)
  return Object.fromEntries(
    channelIds.flatMap((id, index) =>
      names.has(id) ? [] : [[`overrides.${index}.channel_id`, 'no channel has this id']],
    ),
  )
}
