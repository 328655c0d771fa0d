/** A channel's fields, in groups: where it is, how it lets us in, when it is used, how it is reached. */
import { type ChannelAuth, channelAuthSchema } from '@claude-gateway/contract/channel-fields.ts'
import { Form, type FormRule, Input, InputNumber, Select, Switch } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ModelPatternsField } from '../../../components/model-patterns.tsx'
import { ResolvedAddress } from '../../../components/resolved-address.tsx'
import styles from './channel-fields.module.css'

interface FieldsProps {
  rule: FormRule
  /** The stored key's outer characters, when there is one to keep. */
  storedKeyHint?: string | undefined
}

export function ChannelFields({ rule, storedKeyHint }: FieldsProps) {
  return (
    <>
      <AddressFields rule={rule} />
      <CredentialFields rule={rule} storedKeyHint={storedKeyHint} />
      <RoutingFields rule={rule} />
      <NetworkFields rule={rule} />
    </>
  )
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <fieldset className={styles['group']}>
      <legend>{title}</legend>
      {children}
    </fieldset>
  )
}

function AddressFields({ rule }: FieldsProps) {
  const { t } = useTranslation()
  return (
    <Group title={t('channelForm.address')}>
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
    </Group>
  )
}

function CredentialFields({ rule, storedKeyHint }: FieldsProps) {
  const { t } = useTranslation()
  const kept = storedKeyHint === undefined ? null : t('channelForm.apiKeyKept', { hint: storedKeyHint })
  const options = channelAuthSchema.options.map((value: ChannelAuth) => ({
    value,
    label: t(`channelForm.auths.${value}`),
  }))
  return (
    <Group title={t('channelForm.credential')}>
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
    </Group>
  )
}

function RoutingFields({ rule }: FieldsProps) {
  const { t } = useTranslation()
  return (
    <Group title={t('channelForm.routing')}>
      <div className={styles['pair']}>
        <Form.Item
          name="priority"
          label={t('channelForm.priority')}
          rules={[rule]}
          extra={t('channelForm.priorityHint')}
        >
          <InputNumber precision={0} />
        </Form.Item>
        <Form.Item name="enabled" label={t('channelForm.enabled')} valuePropName="checked">
          <Switch />
        </Form.Item>
      </div>
      <Form.Item
        name="models"
        label={t('channelForm.models')}
        rules={[rule]}
        extra={t('channelForm.modelsHint')}
      >
        <ModelPatternsField />
      </Form.Item>
    </Group>
  )
}

function NetworkFields({ rule }: FieldsProps) {
  const { t } = useTranslation()
  return (
    <Group title={t('channelForm.network')}>
      <Form.Item
        name="proxy_url"
        label={t('channelForm.proxyUrl')}
        rules={[rule]}
        extra={t('channelForm.proxyHint')}
      >
        <Input placeholder="http://127.0.0.1:3128" inputMode="url" spellCheck={false} />
      </Form.Item>
    </Group>
  )
}
