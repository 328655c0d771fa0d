/** The drawer in which a mapping is changed. */
import { type MappingView, mappingEndpoints } from '@claude-gateway/contract/mapping.ts'
import { useTranslation } from 'react-i18next'
import { FormDrawer } from '../../components/form-drawer.tsx'
import { useContractForm } from '../../components/use-contract-form.ts'
import { useSaved } from '../../components/use-saved.ts'
import { MappingFields } from './mapping-fields.tsx'
import { MappingPreview } from './mapping-preview.tsx'
import { type MappingValues, mappingBody, valuesOf } from './mapping-values.ts'

export function EditMapping({ mapping, onClose }: { mapping: MappingView; onClose: () => void }) {
  const { t } = useTranslation()
  const contractForm = useContractForm({
    endpoint: mappingEndpoints.update,
    refreshes: [mappingEndpoints.list],
    toCall: (values: MappingValues) => ({ params: { id: mapping.id }, body: mappingBody(values) }),
    onDone: useSaved(onClose),
  })
  return (
    <FormDrawer
      title={t('mappings.edit')}
      submitLabel={t('act.save')}
      contractForm={contractForm}
      initialValues={valuesOf(mapping)}
      onClose={onClose}
    >
      <MappingFields rule={contractForm.rule} />
      <MappingPreview id={mapping.id} />
    </FormDrawer>
  )
}
