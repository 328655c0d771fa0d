/** A form in groups, whose words outlive a reload: what it begins with, what is kept of it, and which group a fault opens. */
import type { FormInstance, FormProps } from 'antd'
import { useState } from 'react'
import type { FormDraft } from './use-form-draft.ts'
import type { OpenGroups } from './use-open-groups.ts'

interface KeptFormOptions<Values> {
  form: FormInstance<Values>
  /** As the form begins, where nothing was typed before. */
  initialValues: Partial<Values>
  /** What discarding what was typed leaves in fields that begin empty. */
  blank: Partial<Values>
  draft: FormDraft<Values>
  groups: Pick<OpenGroups<string>, 'show'>
  onClose: () => void
}

export function useKeptForm<Values extends object>(options: KeptFormOptions<Values>) {
  const { form, initialValues, blank, draft, groups, onClose } = options
  const [begun] = useState({ ...initialValues, ...draft.kept })
  const discard = () => {
    draft.drop()
    form.resetFields()
    form.setFieldsValue({ ...blank, ...initialValues } as Parameters<typeof form.setFieldsValue>[0])
  }
  const close = () => {
    draft.drop()
    onClose()
  }
  const watch: Pick<FormProps<Values>, 'onValuesChange' | 'onFieldsChange'> = {
    onValuesChange: () => draft.keep(form.getFieldsValue(true)),
    onFieldsChange: (changed) => {
      const faulty = changed.filter(({ errors }) => errors && errors.length > 0)
      if (faulty.length > 0) groups.show(faulty.map(({ name }) => String([name].flat()[0])))
    },
  }
  return { begun, watch, close, discard }
}
