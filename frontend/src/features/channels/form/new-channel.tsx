/** The drawer in which a channel is added. */
import { channelEndpoints } from '@claude-gateway/contract/channel.ts'
import { useTranslation } from 'react-i18next'
import { useContractForm } from '../../../components/use-contract-form.ts'
import { useTell } from '../../../components/use-tell.ts'
import { ChannelDrawer } from './channel-drawer.tsx'
import { channelTestTarget, emptyChannel, newChannelBody } from './channel-values.ts'

export function NewChannel({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const tell = useTell()
  const contractForm = useContractForm({
    endpoint: channelEndpoints.create,
    refreshes: [channelEndpoints.list],
    toCall: (values: Parameters<typeof newChannelBody>[0]) => ({ body: newChannelBody(values) }),
    onDone: ({ name }) => {
      tell.done(t('channelForm.created', { name }))
      onClose()
    },
  })
  return (
    <ChannelDrawer
      title={t('channels.add')}
      submitLabel={t('act.add')}
      contractForm={contractForm}
      initialValues={emptyChannel}
      testTarget={channelTestTarget}
      onClose={onClose}
    />
  )
}
