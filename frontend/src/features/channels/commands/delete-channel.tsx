/** Deletes a channel after its name was typed. */
import { type ChannelView, channelEndpoints } from '@claude-gateway/contract/channel.ts'
import { mappingEndpoints } from '@claude-gateway/contract/mapping.ts'
import { useTranslation } from 'react-i18next'
import { useAction } from '../../../api/use-endpoint.ts'
import { ConfirmByName } from '../../../components/confirm-by-name.tsx'
import { useTell } from '../../../components/use-tell.ts'

interface DeleteChannelProps {
  channel: ChannelView
  onClose: () => void
  /** Called once it is gone; the page of the channel itself goes elsewhere then. */
  onDeleted: () => void
}

export function DeleteChannel({ channel, onClose, onDeleted }: DeleteChannelProps) {
  const { t } = useTranslation()
  const tell = useTell()
  const { name, id } = channel
  const remove = useAction(channelEndpoints.remove, [channelEndpoints.list, mappingEndpoints.list])
  const carryOut = () => {
    if (remove.isPending) return
    const done = () => {
      tell.done(t('channels.deleted', { name }))
      onDeleted()
    }
    remove.mutate({ params: { id } }, { onSuccess: done, onError: tell.failed })
  }
  return (
    <ConfirmByName
      title={t('channels.deleteTitle', { name })}
      hint={t('channels.deleteHint')}
      name={name}
      pending={remove.isPending}
      onConfirm={carryOut}
      onClose={onClose}
    />
  )
}
