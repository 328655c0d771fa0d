/** The drawer in which a mapping is added. */
import { mappingEndpoints } from '@claude-gateway/contract/mapping.ts'
import { useTranslation } from 'react-i18next'
import { FormDrawer } from '../../components/form-drawer.tsx'
import { useContractForm } from '../../components/use-contract-form.ts'
import { useTell } from '../../components/use-tell.ts'
import { MappingFields } from './mapping-fields.tsx'
import { MappingPreview } from './mapping-preview.tsx'
import { EVERY_CHANNEL, type MappingValues, mappingBody } from './mapping-values.ts'

export function NewMapping({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const tell = useTell()
  const contractForm = useContractForm({
    endpoint: mappingEndpoints.create,
    refreshes: [mappingEndpoints.list],
    toCall: (values: MappingValues) => ({ body: mappingBody(values) }),
    onDone: () => {
      tell.done(t('mappings.created'))
      onClose()
    },
  })
  return (
    <FormDrawer
      title={t('mappings.add')}
      submitLabel={t('act.add')}
      contractForm={contractForm}
      initialValues={{ channel_id: EVERY_CHANNEL }}
      onClose={onClose}
    >
      <MappingFields rule={contractForm.rule} />
      <MappingPreview id={null} />
    </FormDrawer>
  )
}
