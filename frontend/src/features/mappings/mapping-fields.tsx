/** A mapping's fields: the name asked for, the name sent, and where that holds. */
import { channelEndpoints } from '@claude-gateway/contract/channel.ts'
import { Form, type FormRule, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { useEndpoint } from '../../api/use-endpoint.ts'
import { EVERY_CHANNEL } from './mapping-values.ts'

export function MappingFields({ rule }: { rule: FormRule }) {
  const { t } = useTranslation()
  const channels = useEndpoint(channelEndpoints.list, {}).data?.data ?? []
  const options = [
    { value: EVERY_CHANNEL, label: t('mappings.everyChannel') },
    ...channels.map(({ id, name }) => ({ value: id, label: name })),
  ]
  return (
    <>
      <Form.Item
        name="display_model"
        label={t('mappings.display')}
        extra={t('mappings.displayHint')}
        rules={[rule]}
      >
        <Input autoFocus placeholder="claude-sonnet-*" spellCheck={false} />
      </Form.Item>
      <Form.Item name="upstream_model" label={t('mappings.upstream')} rules={[rule]}>
        <Input placeholder="claude-sonnet-5" spellCheck={false} />
      </Form.Item>
      <Form.Item name="channel_id" label={t('mappings.channel')} rules={[rule]}>
        <Select options={options} showSearch={{ optionFilterProp: 'label' }} />
      </Form.Item>
    </>
  )
}
