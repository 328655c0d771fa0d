/** From where a key may be used, whether it may choose its channel, and what is kept of what passes. */
import { Form, type FormRule, Select, Switch } from 'antd'
import { useTranslation } from 'react-i18next'
import { CaptureField } from './capture-field.tsx'

export function AccessFields({ rule }: { rule: FormRule }) {
  const { t } = useTranslation()
  return (
    <>
      <Form.Item
        name="allowed_addresses"
        label={t('keyForm.addresses')}
        extra={t('keyForm.addressesHint')}
        rules={[rule]}
      >
        <Select
          mode="tags"
          open={false}
          suffixIcon={null}
          tokenSeparators={[',', ' ', '\n']}
          placeholder="10.0.0.0/8, 2001:db8::/32"
        />
      </Form.Item>
      <Form.Item
        name="may_choose_channel"
        label={t('keyForm.chooseChannel')}
        extra={t('keyForm.chooseChannelHint')}
        valuePropName="checked"
      >
        <Switch />
      </Form.Item>
    </>
  )
}

export function BodyFields({ rule }: { rule: FormRule }) {
  const { t } = useTranslation()
  return (
    <Form.Item name="capture" label={t('keyForm.capture')} rules={[rule]}>
      <CaptureField />
    </Form.Item>
  )
}
