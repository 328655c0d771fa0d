/** The second step: a key by its name. Its secret goes straight into the block of the third. */
import type { ResponseOf } from '@claude-gateway/contract/endpoint.ts'
import { gatewayKeyEndpoints } from '@claude-gateway/contract/gateway-key.ts'
import { Button, Form, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormError } from '../../components/form-error.tsx'
import { SubmitButton } from '../../components/submit-button.tsx'
import { useContractForm } from '../../components/use-contract-form.ts'
import sheet from './sheet.module.css'
import { Step } from './step.tsx'

type CreatedKey = ResponseOf<typeof gatewayKeyEndpoints.create>

interface KeyStepProps {
  open: boolean
  hasKey: boolean
  /** The key that was made on this page, with its secret. */
  created: CreatedKey | null
  onCreated: (key: CreatedKey) => void
}

export function KeyStep({ open, hasKey, created, onCreated }: KeyStepProps) {
  const { t } = useTranslation()
  const [another, setAnother] = useState(false)
  const take = (key: CreatedKey) => {
    setAnother(false)
    onCreated(key)
  }
  if (!hasKey || another) {
    return (
      <Step title={t('start.key.title')} hint={t('start.key.hint')} state={open ? 'open' : 'later'}>
        <KeyForm onCreated={take} />
      </Step>
    )
  }
  const there = created ? t('start.key.made', { name: created.name }) : t('start.key.there')
  return (
    <Step title={t('start.key.title')} hint={there} state="done">
      <Button size="small" onClick={() => setAnother(true)}>
        {t('start.key.another')}
      </Button>
    </Step>
  )
}

function KeyForm({ onCreated }: { onCreated: (key: CreatedKey) => void }) {
  const { t } = useTranslation()
  const { form, rule, submit, submitting, error } = useContractForm({
    endpoint: gatewayKeyEndpoints.create,
    refreshes: [gatewayKeyEndpoints.list],
    toCall: ({ name }: { name: string }) => ({ body: { name } }),
    onDone: onCreated,
  })
  return (
    <Form
      className={sheet['sheet'] ?? ''}
      form={form}
      onFinish={submit}
      layout="vertical"
      requiredMark={false}
      validateTrigger={[]}
    >
      <FormError error={error} />
      <div className={sheet['line']}>
        <Form.Item name="name" label={t('start.key.name')} rules={[rule]}>
          <Input placeholder={t('keys.namePlaceholder')} />
        </Form.Item>
        <SubmitButton submitting={submitting}>{t('keys.add')}</SubmitButton>
      </div>
    </Form>
  )
}
