/** The drawer in which a channel is added. */
import { channelEndpoints } from '@claude-gateway/contract/channel.ts'
import { useTranslation } from 'react-i18next'
import { useContractForm } from '../../../components/use-contract-form.ts'
import { useFormDraft } from '../../../components/use-form-draft.ts'
import { useTell } from '../../../components/use-tell.ts'
import { ChannelDrawer } from './channel-drawer.tsx'
import {
  type ChannelValues,
  channelTestTarget,
  emptyChannel,
  newChannelBody,
  withoutSecrets,
} from './channel-values.ts'

interface NewChannelProps {
  onClose: () => void
  /** What it starts from, where it is made after another one. */
  like?: { readonly id: number; readonly title: string; readonly values: Partial<ChannelValues> }
}

export function NewChannel({ onClose, like }: NewChannelProps) {
  const { t } = useTranslation()
  const tell = useTell()
  const draftName = like === undefined ? 'channel.new' : `channel.like.${like.id}`
  const draft = useFormDraft<ChannelValues>(draftName, withoutSecrets)
  const contractForm = useContractForm({
    endpoint: channelEndpoints.create,
    refreshes: [channelEndpoints.list],
    toCall: (values: ChannelValues) => ({ body: newChannelBody(values) }),
    onDone: ({ name }) => {
      tell.done(t('channelForm.created', { name }))
      draft.drop()
      onClose()
    },
  })
  return (
    <ChannelDrawer
      title={like?.title ?? t('channels.add')}
      submitLabel={t('act.add')}
      contractForm={contractForm}
      initialValues={like?.values ?? emptyChannel}
      draft={draft}
      testTarget={channelTestTarget}
      onClose={onClose}
    />
  )
}
