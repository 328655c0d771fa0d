/** A key's fields: what people call it, and what it may ask for. */
import { Form, type FormRule, Input, Switch } from 'antd'
import { useTranslation } from 'react-i18next'
import { ModelPatternsField } from '../../components/model-patterns.tsx'

export interface KeyValues {
  name: string
  models: string[]
  enabled: boolean
}

export function KeyFields({ rule }: { rule: FormRule }) {
  const { t } = useTranslation()
  return (
    <>
      <Form.Item name="name" label={t('keys.name')} rules={[rule]}>
        <Input autoFocus placeholder={t('keys.namePlaceholder')} />
      </Form.Item>
      <Form.Item name="models" label={t('keys.models')} extra={t('keys.modelsHint')} rules={[rule]}>
        <ModelPatternsField />
      </Form.Item>
      <Form.Item name="enabled" label={t('keys.enabled')} valuePropName="checked">
        <Switch />
      </Form.Item>
    </>
  )
}
