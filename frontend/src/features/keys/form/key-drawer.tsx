/** The form of a key, new or old; what was typed outlives a reload. */
import type { FormProps } from 'antd'
import { useState } from 'react'
import { FormDrawer } from '../../../components/form-drawer.tsx'
import { RestoredDraft } from '../../../components/restored-draft.tsx'
import type { ContractForm } from '../../../components/use-contract-form.ts'
import type { FormDraft } from '../../../components/use-form-draft.ts'
import { KeyFields } from './key-fields.tsx'
import { useKeyGroups } from './key-groups.ts'
import type { KeyValues } from './key-values.ts'

type Watch = Pick<FormProps<KeyValues>, 'onValuesChange' | 'onFieldsChange'>

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
  const [begun] = useState({ ...initialValues, ...draft.kept })
  const discard = () => {
    draft.drop()
    form.resetFields()
    form.setFieldsValue({ name: '', ...initialValues } as KeyValues)
  }
  const close = () => {
    draft.drop()
    drawer.onClose()
  }
  const watch: Watch = {
    onValuesChange: () => draft.keep(form.getFieldsValue(true)),
    onFieldsChange: (changed) => {
      const faulty = changed.filter(({ errors }) => errors && errors.length > 0)
      if (faulty.length > 0) groups.show(faulty.map(({ name }) => String([name].flat()[0])))
    },
  }
  return (
    <FormDrawer {...drawer} initialValues={begun} watch={watch} onClose={close}>
      {draft.kept ? <RestoredDraft onDiscard={discard} /> : null}
      <KeyFields rule={rule} groups={groups} ownZone={ownZone} />
    </FormDrawer>
  )
}
