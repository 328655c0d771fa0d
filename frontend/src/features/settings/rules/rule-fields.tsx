/** A rule's fields: which answers it is about, and what they mean. */
import { channelEndpoints } from '@claude-gateway/contract/channel.ts'
import { ruleKindSchema } from '@claude-gateway/contract/outcome-rule.ts'
import { Form, type FormRule, Input, InputNumber, Select, Switch } from 'antd'
import { useTranslation } from 'react-i18next'
import { useEndpoint } from '../../../api/use-endpoint.ts'
import { EVERY_CHANNEL } from './rule-values.ts'
import styles from './rules-section.module.css'

export function RuleFields({ rule }: { rule: FormRule }) {
  const { t } = useTranslation()
  const channels = useEndpoint(channelEndpoints.list, {}).data?.data ?? []
  const places = [
    { value: EVERY_CHANNEL, label: t('rules.everyChannel') },
    ...channels.map(({ id, name }) => ({ value: id, label: name })),
  ]
  const kinds = ruleKindSchema.options.map((value) => ({ value, label: t(`rules.kinds.${value}`) }))
  const matches = (['text', 'regex'] as const).map((value) => ({ value, label: t(`rules.matches.${value}`) }))
  return (
    <>
      <Form.Item name="name" label={t('rules.name')} rules={[rule]}>
        <Input autoFocus placeholder={t('rules.namePlaceholder')} />
      </Form.Item>
      <div className={styles['statuses']}>
        <Form.Item name="status_from" label={t('rules.statusFrom')} rules={[rule]}>
          <InputNumber min={200} max={599} precision={0} />
        </Form.Item>
        <Form.Item name="status_to" label={t('rules.statusTo')} rules={[rule]}>
          <InputNumber min={200} max={599} precision={0} />
        </Form.Item>
      </div>
      <Form.Item name="match" label={t('rules.match')} rules={[rule]}>
        <Select options={matches} />
      </Form.Item>
      <Form.Item name="pattern" label={t('rules.pattern')} extra={t('rules.patternHint')} rules={[rule]}>
        <Input spellCheck={false} placeholder="quota exceeded" />
      </Form.Item>
      <Form.Item name="kind" label={t('rules.means')} extra={t('rules.meansHint')} rules={[rule]}>
        <Select options={kinds} placeholder={t('rules.meansPlaceholder')} />
      </Form.Item>
      <Form.Item name="channel_id" label={t('rules.channel')} rules={[rule]}>
        <Select options={places} showSearch={{ optionFilterProp: 'label' }} />
      </Form.Item>
      <Form.Item name="enabled" label={t('rules.enabled')} valuePropName="checked">
        <Switch />
      </Form.Item>
    </>
  )
}
