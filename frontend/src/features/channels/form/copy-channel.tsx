/** The drawer in which a channel is made after another one: everything but its key, which nobody can read back. */
import type { ChannelView } from '@claude-gateway/contract/channel.ts'
import { useTranslation } from 'react-i18next'
import { copyOf } from './channel-values.ts'
import { NewChannel } from './new-channel.tsx'

export function CopyChannel({ channel, onClose }: { channel: ChannelView; onClose: () => void }) {
  const { t } = useTranslation()
  const { id, name } = channel
  const like = {
    id,
    title: t('channels.duplicateOf', { name }),
    values: copyOf(channel, t('channels.copyName', { name })),
  }
  return <NewChannel onClose={onClose} like={like} />
}
