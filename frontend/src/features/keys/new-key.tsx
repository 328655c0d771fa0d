/** The drawer in which a key is made. */
import { gatewayKeyEndpoints } from '@claude-gateway/contract/gateway-key.ts'
import { useTranslation } from 'react-i18next'
import { FormDrawer } from '../../components/form-drawer.tsx'
import { useContractForm } from '../../components/use-contract-form.ts'
import type { KeyWithSecret } from './created-key.tsx'
import { KeyFields, type KeyValues } from './key-fields.tsx'

interface NewKeyProps {
  onClose: () => void
  onCreated: (key: KeyWithSecret) => void
}

export function NewKey({ onClose, onCreated }: NewKeyProps) {
  const { t } = useTranslation()
  const contractForm = useContractForm({
    endpoint: gatewayKeyEndpoints.create,
    refreshes: [gatewayKeyEndpoints.list],
    toCall: (values: KeyValues) => ({ body: values }),
    onDone: onCreated,
  })
  return (
    <FormDrawer
      title={t('keys.add')}
      submitLabel={t('act.create')}
      contractForm={contractForm}
      initialValues={{ models: [], enabled: true }}
      onClose={onClose}
    >
      <KeyFields rule={contractForm.rule} />
    </FormDrawer>
  )
}
