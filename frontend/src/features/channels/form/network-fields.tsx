/** How a channel is reached, and which headers it gets. */
import { Form, type FormRule, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { HeadersField } from './headers-field.tsx'
import { useHeaderRule } from './use-header-rule.ts'

export function NetworkFields({ rule }: { rule: FormRule }) {
  const { t } = useTranslation()
  return (
    <Form.Item
      name="proxy_url"
      label={t('channelForm.proxyUrl')}
      rules={[rule]}
      extra={t('channelForm.proxyHint')}
    >
      <Input placeholder="http://127.0.0.1:3128" inputMode="url" spellCheck={false} />
    </Form.Item>
  )
}

export function HeaderFields({ rule }: { rule: FormRule }) {
  const { t } = useTranslation()
  const complete = useHeaderRule()
  return (
    <>
      <Form.Item
        name="add_headers"
        label={t('channelForm.addHeaders')}
        rules={[rule, complete]}
        extra={t('channelForm.addHeadersHint')}
      >
        <HeadersField />
      </Form.Item>
      <Form.Item
        name="drop_headers"
        label={t('channelForm.dropHeaders')}
        rules={[rule]}
        extra={t('channelForm.dropHeadersHint')}
      >
        <Select
          mode="tags"
          open={false}
          suffixIcon={null}
          tokenSeparators={[',', ' ', '\n']}
          placeholder="x-stainless-lang"
        />
      </Form.Item>
    </>
  )
}
