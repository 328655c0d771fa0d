/** What people call a key, what it may ask for, and with which others it belongs. */
import { gatewayKeyEndpoints } from '@claude-gateway/contract/gateway-key.ts'
import { Form, type FormRule, Input, Select, Switch } from 'antd'
import { useTranslation } from 'react-i18next'
import { useEndpoint } from '../../../api/use-endpoint.ts'
import { ModelPatternsField } from '../../../components/model-patterns.tsx'
import { tagsOf } from '../list/key-search.ts'

export function IdentityFields({ rule }: { rule: FormRule }) {
  const { t } = useTranslation()
  const keys = useEndpoint(gatewayKeyEndpoints.list, {}).data?.data ?? []
  return (
    <>
      <Form.Item name="name" label={t('keys.name')} rules={[rule]}>
        <Input autoFocus placeholder={t('keys.namePlaceholder')} />
      </Form.Item>
      <Form.Item name="models" label={t('keys.models')} extra={t('keys.modelsHint')} rules={[rule]}>
        <ModelPatternsField />
      </Form.Item>
      <Form.Item name="tags" label={t('keys.tags')} extra={t('keyForm.tagsHint')} rules={[rule]}>
        <Select
          mode="tags"
          tokenSeparators={[',', ' ', '\n']}
          placeholder={t('keyForm.tagsPlaceholder')}
          options={tagsOf(keys).map((tag) => ({ value: tag, label: tag }))}
        />
      </Form.Item>
      <Form.Item name="enabled" label={t('keys.enabled')} valuePropName="checked">
        <Switch />
      </Form.Item>
    </>
  )
}
