/** When a channel is used, and how much of it. */
import { Form, type FormRule, InputNumber, Switch } from 'antd'
import { useTranslation } from 'react-i18next'
import { ModelPatternsField } from '../../../components/model-patterns.tsx'
import styles from './fields.module.css'
import { SecondsField } from './seconds-field.tsx'

export function RoutingFields({ rule }: { rule: FormRule }) {
  const { t } = useTranslation()
  return (
    <>
      <div className={styles['pair']}>
        <Form.Item
          name="priority"
          label={t('channelForm.priority')}
          rules={[rule]}
          extra={t('channelForm.priorityHint')}
        >
          <InputNumber precision={0} min={-1_000_000} max={1_000_000} />
        </Form.Item>
        <Form.Item
          name="weight"
          label={t('channelForm.weight')}
          rules={[rule]}
          extra={t('channelForm.weightHint')}
        >
          <InputNumber precision={0} min={1} max={1000} />
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
      <Form.Item name="enabled" label={t('channelForm.enabled')} valuePropName="checked">
        <Switch />
      </Form.Item>
    </>
  )
}

const COUNTS = [
  { name: 'max_concurrency', max: 100_000 },
  { name: 'max_requests_per_minute', max: 1_000_000 },
] as const

/** The gateway's own, in seconds, as the contract names them. */
const TIMES = [
  { name: 'connect_timeout_ms', usual: 10 },
  { name: 'first_byte_timeout_ms', usual: 60 },
  { name: 'idle_timeout_ms', usual: 300 },
] as const

export function LimitFields({ rule }: { rule: FormRule }) {
  const { t } = useTranslation()
  return (
    <>
      <p className={styles['lead']}>{t('channelForm.limitsLead')}</p>
      <div className={styles['pair']}>
        {COUNTS.map(({ name, max }) => (
          <Form.Item key={name} name={name} label={t(`channelForm.${name}`)} rules={[rule]}>
            <InputNumber precision={0} min={1} max={max} placeholder={t('channelForm.noLimit')} />
          </Form.Item>
        ))}
      </div>
      <p className={styles['lead']}>{t('channelForm.timeoutsLead')}</p>
      <div className={styles['pair']}>
        {TIMES.map(({ name, usual }) => (
          <Form.Item key={name} name={name} label={t(`channelForm.${name}`)} rules={[rule]}>
            <SecondsField placeholder={String(usual)} />
          </Form.Item>
        ))}
      </div>
    </>
  )
}
