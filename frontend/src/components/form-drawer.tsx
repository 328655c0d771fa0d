/** A drawer that holds a form over the contract, with its buttons always in view. */
import { Button, Drawer, Form, type FormProps } from 'antd'
import { type ReactNode, useId } from 'react'
import { useTranslation } from 'react-i18next'
import { focusFirst } from './focus-first.ts'
import styles from './form-drawer.module.css'
import { FormError } from './form-error.tsx'
import { SubmitButton } from './submit-button.tsx'
import type { ContractForm } from './use-contract-form.ts'
import { useIsNarrow } from './use-is-narrow.ts'

const WIDTH_PX = 480

interface FormDrawerProps<Values> {
  title: string
  submitLabel: string
  contractForm: ContractForm<Values>
  initialValues: Partial<Values>
  onClose: () => void
  /** Stands left of the buttons. */
  aside?: ReactNode
  /** Told of what is typed, and of what becomes of each field. */
  watch?: Pick<FormProps<Values>, 'onValuesChange' | 'onFieldsChange'>
  /** The form's fields. */
  children: ReactNode
}

/** Mounted while open, so that a closed drawer keeps nothing that was typed. */
export function FormDrawer<Values extends object>(props: FormDrawerProps<Values>) {
  const { form, submit, submitting, error } = props.contractForm
  const narrow = useIsNarrow()
  const formId = useId()
  return (
    <Drawer
      open
      size={narrow ? '100%' : WIDTH_PX}
      title={props.title}
      onClose={props.onClose}
      mask={{ closable: false }}
      afterOpenChange={(isOpen) => isOpen && focusFirst(document.getElementById(formId))}
      footer={<Footer {...props} formId={formId} submitting={submitting} />}
    >
      <Form<Values>
        id={formId}
        form={form}
        initialValues={props.initialValues}
        onFinish={submit}
        layout="vertical"
        requiredMark={false}
        scrollToFirstError
        validateTrigger="onBlur"
        {...props.watch}
      >
        <FormError error={error} />
        {props.children}
      </Form>
    </Drawer>
  )
}

interface FooterProps {
  formId: string
  submitLabel: string
  submitting: boolean
  onClose: () => void
  aside?: ReactNode
}

function Footer({ formId, submitLabel, submitting, onClose, aside }: FooterProps) {
  const { t } = useTranslation()
  return (
    <div className={styles['footer']}>
      <div>{aside}</div>
      <Button onClick={onClose}>{t('act.cancel')}</Button>
      <SubmitButton form={formId} submitting={submitting}>
        {submitLabel}
      </SubmitButton>
    </div>
  )
}
