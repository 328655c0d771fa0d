/** Gives channels the priorities that a move asks for: at once on the page, then one after the other on the gateway. */
import { type ChannelView, channelEndpoints } from '@claude-gateway/contract/channel.ts'
import type { ResponseOf } from '@claude-gateway/contract/endpoint.ts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { ApiError } from '../../../api/api-error.ts'
import { keyOf, useClient } from '../../../api/use-endpoint.ts'
import { useTell } from '../../../components/use-tell.ts'
import type { PriorityChange } from './channel-order.ts'

type ChannelListAnswer = ResponseOf<typeof channelEndpoints.list>
const LIST = keyOf(channelEndpoints.list, {})

/** The channels as they will be. */
function withPriorities(channels: readonly ChannelView[], changes: readonly PriorityChange[]) {
  const priorities = new Map(changes.map(({ id, priority }) => [id, priority]))
  return channels.map((channel) => ({ ...channel, priority: priorities.get(channel.id) ?? channel.priority }))
}

export function useMoveChannel(): (name: string, changes: readonly PriorityChange[]) => void {
  const { t } = useTranslation()
  const tell = useTell()
  const client = useClient()
  const queries = useQueryClient()
  const move = useMutation<void, ApiError, readonly PriorityChange[]>({
    mutationFn: async (changes) => {
      for (const { id, priority } of changes) {
        await client.call(channelEndpoints.update, { params: { id }, body: { priority } })
      }
    },
    onMutate: async (changes) => {
      await queries.cancelQueries({ queryKey: LIST })
      queries.setQueryData<ChannelListAnswer>(
        LIST,
        (list) => list && { ...list, data: withPriorities(list.data, changes) },
      )
    },
    onError: tell.failed,
    onSettled: () => queries.invalidateQueries({ queryKey: keyOf(channelEndpoints.list) }),
  })
  return (name, changes) =>
    move.mutate(changes, { onSuccess: () => tell.done(t('channels.moved', { name })) })
}
