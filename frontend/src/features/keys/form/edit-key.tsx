/** The drawer in which a key is renamed, limited or restricted. */
import { type GatewayKeyView, gatewayKeyEndpoints } from '@claude-gateway/contract/gateway-key.ts'
import { useTranslation } from 'react-i18next'
import { useContractForm } from '../../../components/use-contract-form.ts'
import { useFormDraft } from '../../../components/use-form-draft.ts'
import { useSaved } from '../../../components/use-saved.ts'
import { KeyDrawer } from './key-drawer.tsx'
import { type KeyValues, keepAll, valuesOf } from './key-values.ts'

export function EditKey({ gatewayKey, onClose }: { gatewayKey: GatewayKeyView; onClose: () => void }) {
  const { t } = useTranslation()
  const saved = useSaved(onClose)
  const { id } = gatewayKey
  const draft = useFormDraft<KeyValues>(`key.${id}`, keepAll)
  const contractForm = useContractForm({
    endpoint: gatewayKeyEndpoints.update,
    refreshes: [gatewayKeyEndpoints.list, gatewayKeyEndpoints.get],
    toCall: (values: KeyValues) => ({ params: { id }, body: values }),
    onDone: () => {
      draft.drop()
      saved()
    },
  })
  return (
    <KeyDrawer
      title={t('keys.edit')}
      submitLabel={t('act.save')}
      contractForm={contractForm}
      initialValues={valuesOf(gatewayKey)}
      draft={draft}
      onClose={onClose}
    />
  )
}
