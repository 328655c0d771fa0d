/** The drawer in which a key is renamed or restricted. */
import { type GatewayKeyView, gatewayKeyEndpoints } from '@claude-gateway/contract/gateway-key.ts'
import { useTranslation } from 'react-i18next'
import { FormDrawer } from '../../components/form-drawer.tsx'
import { useContractForm } from '../../components/use-contract-form.ts'
import { useTell } from '../../components/use-tell.ts'
import { KeyFields, type KeyValues } from './key-fields.tsx'

export function EditKey({ gatewayKey, onClose }: { gatewayKey: GatewayKeyView; onClose: () => void }) {
  const { t } = useTranslation()
  const tell = useTell()
  const { id, name, models, enabled } = gatewayKey
  const contractForm = useContractForm({
    endpoint: gatewayKeyEndpoints.update,
    refreshes: [gatewayKeyEndpoints.list],
    toCall: (values: KeyValues) => ({ params: { id }, body: values }),
    onDone: () => {
      tell.done(t('act.saved'))
      onClose()
    },
  })
  return (
    <FormDrawer
      title={t('keys.edit')}
      submitLabel={t('act.save')}
      contractForm={contractForm}
      initialValues={{ name, models, enabled }}
      onClose={onClose}
    >
      <KeyFields rule={contractForm.rule} />
    </FormDrawer>
  )
}
