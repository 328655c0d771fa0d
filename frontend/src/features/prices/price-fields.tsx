/** A price's fields: for which model, where and from when on, and the rates. */
import { channelEndpoints } from '@claude-gateway/contract/channel.ts'
import { Form, type FormRule, Input, InputNumber, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { useEndpoint } from '../../api/use-endpoint.ts'
import { DayField } from './day-field.tsx'
import { EVERY_CHANNEL } from './price-values.ts'
import styles from './prices-page.module.css'
import { RATES } from './rate-names.ts'
import { RatesField } from './rates-field.tsx'

interface PriceFieldsProps {
  rule: FormRule
  /** Changed, it becomes the operator's. */
  isShipped?: boolean
}

export function PriceFields({ rule, isShipped = false }: PriceFieldsProps) {
  const { t } = useTranslation()
  return (
    <>
      {isShipped ? <p className={styles['unit']}>{t('prices.shippedHint')}</p> : null}
      <PlaceFields rule={rule} />
      <p className={styles['unit']}>{t('prices.unit')}</p>
      <div className={styles['pair']}>
        {RATES.map((name) => (
          <Form.Item key={name} name={name} label={t(`prices.rates.${name}`)} rules={[rule]}>
            <InputNumber<number> min={0} step={0.1} prefix="$" />
          </Form.Item>
        ))}
        <Form.Item name="web_search_per_1000" label={t('prices.webSearch')} rules={[rule]}>
          <InputNumber<number> min={0} step={1} prefix="$" />
        </Form.Item>
      </div>
      <Form.Item name="fast" label={t('prices.fast')} extra={t('prices.fastHint')} rules={[rule]}>
        <RatesField />
      </Form.Item>
      <Form.Item name="long_prompt" label={t('prices.long')} extra={t('prices.longHint')} rules={[rule]}>
        <RatesField withThreshold />
      </Form.Item>
    </>
  )
}

function PlaceFields({ rule }: { rule: FormRule }) {
  const { t } = useTranslation()
  const channels = useEndpoint(channelEndpoints.list, {}).data?.data ?? []
  const places = [
    { value: EVERY_CHANNEL, label: t('prices.everyChannel') },
    ...channels.map(({ id, name }) => ({ value: id, label: name })),
  ]
  return (
    <>
      <Form.Item name="model" label={t('prices.model')} extra={t('prices.modelHint')} rules={[rule]}>
        <Input autoFocus spellCheck={false} placeholder="claude-sonnet-5" />
      </Form.Item>
      <Form.Item name="aliases" label={t('prices.aliases')} rules={[rule]}>
        <Select<string[]> mode="tags" open={false} suffixIcon={null} tokenSeparators={[',', ' ']} />
      </Form.Item>
      <Form.Item name="channel_id" label={t('prices.channel')} rules={[rule]}>
        <Select options={places} showSearch={{ optionFilterProp: 'label' }} />
      </Form.Item>
      <Form.Item
        name="effective_from_ms"
        label={t('prices.from')}
        extra={t('prices.fromHint')}
        rules={[rule]}
      >
        <DayField />
      </Form.Item>
      <Form.Item name="source" label={t('prices.source')} rules={[rule]}>
        <Input placeholder={t('prices.sourcePlaceholder')} />
      </Form.Item>
    </>
  )
}
