/** The drawer in which a channel is changed. */
import { type ChannelView, channelEndpoints } from '@claude-gateway/contract/channel.ts'
import { useTranslation } from 'react-i18next'
import { useContractForm } from '../../../components/use-contract-form.ts'
import { useFormDraft } from '../../../components/use-form-draft.ts'
import { useSaved } from '../../../components/use-saved.ts'
import { ChannelDrawer } from './channel-drawer.tsx'
import {
  type ChannelValues,
  channelChangeBody,
  channelTestTarget,
  valuesOf,
  withoutSecrets,
} from './channel-values.ts'

export function EditChannel({ channel, onClose }: { channel: ChannelView; onClose: () => void }) {
  const { t } = useTranslation()
  const saved = useSaved(onClose)
  const draft = useFormDraft<ChannelValues>(`channel.${channel.id}`, withoutSecrets)
  const contractForm = useContractForm({
    endpoint: channelEndpoints.update,
    refreshes: [channelEndpoints.list, channelEndpoints.get],
    toCall: (values: ChannelValues) => ({
      params: { id: channel.id },
      body: channelChangeBody(values, channel),
    }),
    onDone: () => {
      draft.drop()
      saved()
    },
  })
  return (
    <ChannelDrawer
      title={t('channels.edit')}
      submitLabel={t('act.save')}
      contractForm={contractForm}
      initialValues={valuesOf(channel)}
      draft={draft}
      testTarget={(values) => channelTestTarget(values, channel)}
      storedKeyHint={channel.api_key_hint}
      onClose={onClose}
    />
  )
}
