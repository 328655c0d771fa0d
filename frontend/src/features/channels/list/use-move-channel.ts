/** Gives channels the priorities that a move asks for: at once on the page, and as before should the gateway refuse. */
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
  const move = useMutation<
    ChannelListAnswer,
    ApiError,
    readonly PriorityChange[],
    ChannelListAnswer | undefined
  >({
    mutationFn: (changes) => client.call(channelEndpoints.order, { body: { priorities: [...changes] } }),
    onMutate: async (changes) => {
      await queries.cancelQueries({ queryKey: LIST })
      const before = queries.getQueryData<ChannelListAnswer>(LIST)
      if (before) queries.setQueryData(LIST, { ...before, data: withPriorities(before.data, changes) })
      return before
    },
    onError: (error, _, before) => {
      queries.setQueryData(LIST, before)
      tell.failed(error)
    },
    onSettled: () => queries.invalidateQueries({ queryKey: keyOf(channelEndpoints.list) }),
  })
  return (name, changes) =>
    move.mutate(changes, { onSuccess: () => tell.done(t('channels.moved', { name })) })
}
