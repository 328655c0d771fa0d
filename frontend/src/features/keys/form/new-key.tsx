/** The drawer in which a key is made. */
import { gatewayKeyEndpoints } from '@claude-gateway/contract/gateway-key.ts'
import { useTranslation } from 'react-i18next'
import { useContractForm } from '../../../components/use-contract-form.ts'
import { useFormDraft } from '../../../components/use-form-draft.ts'
import type { KeyWithSecret } from '../commands/created-key.tsx'
import { KeyDrawer } from './key-drawer.tsx'
import { emptyKey, type KeyValues, keepAll } from './key-values.ts'

interface NewKeyProps {
  onClose: () => void
  onCreated: (key: KeyWithSecret) => void
}

export function NewKey({ onClose, onCreated }: NewKeyProps) {
  const { t } = useTranslation()
  const draft = useFormDraft<KeyValues>('key.new', keepAll)
  const contractForm = useContractForm({
    endpoint: gatewayKeyEndpoints.create,
    refreshes: [gatewayKeyEndpoints.list],
    toCall: (values: KeyValues) => ({ body: values }),
    onDone: (created) => {
      draft.drop()
      onCreated(created)
    },
  })
  return (
    <KeyDrawer
      title={t('keys.add')}
      submitLabel={t('act.create')}
      contractForm={contractForm}
      initialValues={emptyKey}
      draft={draft}
      ownZone={t('keyForm.gatewaysZone')}
      onClose={onClose}
    />
  )
}
