/** Where a channel is, and how it lets us in. */
import { type ChannelAuth, channelAuthSchema } from '@claude-gateway/contract/channel-fields.ts'
import { Form, type FormRule, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { ResolvedAddress } from '../../../components/resolved-address.tsx'

export function AddressFields({ rule }: { rule: FormRule }) {
  const { t } = useTranslation()
  return (
    <>
      <Form.Item name="name" label={t('channelForm.name')} rules={[rule]}>
        <Input autoFocus placeholder={t('channelForm.namePlaceholder')} />
      </Form.Item>
      <Form.Item
        name="base_url"
        label={t('channelForm.baseUrl')}
        rules={[rule]}
        extra={<ResolvedAddress hint={t('channelForm.baseUrlHint')} />}
      >
        <Input placeholder="https://api.anthropic.com" inputMode="url" spellCheck={false} />
      </Form.Item>
    </>
  )
}

interface CredentialFieldsProps {
  rule: FormRule
  storedKeyHint?: string | undefined
}

export function CredentialFields({ rule, storedKeyHint }: CredentialFieldsProps) {
  const { t } = useTranslation()
  const kept = storedKeyHint === undefined ? null : t('channelForm.apiKeyKept', { hint: storedKeyHint })
  const options = channelAuthSchema.options.map((value: ChannelAuth) => ({
    value,
    label: t(`channelForm.auths.${value}`),
  }))
  return (
    <>
      <Form.Item
        name="api_key"
        label={t('channelForm.apiKey')}
        rules={[rule]}
        extra={kept ?? t('channelForm.apiKeyHint')}
      >
        <Input.Password autoComplete="off" placeholder={kept ? '' : 'sk-ant-…'} data-1p-ignore />
      </Form.Item>
      <Form.Item name="auth" label={t('channelForm.auth')} rules={[rule]}>
        <Select options={options} />
      </Form.Item>
    </>
  )
}
