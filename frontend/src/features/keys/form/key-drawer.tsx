/** The form of a key, new or old; what was typed outlives a reload. */
import { FormDrawer } from '../../../components/form-drawer.tsx'
import { RestoredDraft } from '../../../components/restored-draft.tsx'
import type { ContractForm } from '../../../components/use-contract-form.ts'
import type { FormDraft } from '../../../components/use-form-draft.ts'
import { useKeptForm } from '../../../components/use-kept-form.ts'
import { KeyFields } from './key-fields.tsx'
import { useKeyGroups } from './key-groups.ts'
import type { KeyValues } from './key-values.ts'

interface KeyDrawerProps {
  title: string
  submitLabel: string
  contractForm: ContractForm<KeyValues>
  /** As the form begins, where nothing was typed before. */
  initialValues: Partial<KeyValues>
  draft: FormDraft<KeyValues>
  ownZone?: string
  onClose: () => void
}

export function KeyDrawer({ draft, initialValues, ownZone, ...drawer }: KeyDrawerProps) {
  const { form, rule } = drawer.contractForm
  const groups = useKeyGroups()
  const { begun, watch, close, discard } = useKeptForm({
    form,
    initialValues,
    blank: { name: '' },
    draft,
    groups,
    onClose: drawer.onClose,
  })
  return (
    <FormDrawer {...drawer} initialValues={begun} watch={watch} onClose={close}>
      {draft.kept ? <RestoredDraft onDiscard={discard} /> : null}
      <KeyFields rule={rule} groups={groups} ownZone={ownZone} />
    </FormDrawer>
  )
}
