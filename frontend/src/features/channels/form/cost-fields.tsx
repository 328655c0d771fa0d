/** Probes, which cost a little, and what a channel charges relative to the list. */
import { Form, type FormRule, Input, InputNumber, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../../i18n/use-formats.ts'
import type { ChannelValues } from './channel-values.ts'
import styles from './fields.module.css'

/** Seconds that are often meant; 0: never. */
const USUAL = [0, 30, 60, 300, 900, 3600] as const

function useIntervals() {
  const { t } = useTranslation()
  const { period } = useFormats()
  const form = Form.useFormInstance<ChannelValues>()
  const chosen = Form.useWatch('probe_interval_seconds', form) ?? 0
  return [...new Set([...USUAL, chosen])]
    .sort((a, b) => a - b)
    .map((value) => ({
      value,
      label: value === 0 ? t('channelForm.probeNever') : t('channelDigest.every', { time: period(value) }),
    }))
}

export function ProbeFields({ rule }: { rule: FormRule }) {
  const { t } = useTranslation()
  const options = useIntervals()
  return (
    <>
      <p className={styles['lead']}>{t('channelForm.probesLead')}</p>
      <div className={styles['pair']}>
        <Form.Item name="probe_interval_seconds" label={t('channelForm.probeInterval')} rules={[rule]}>
          <Select options={options} />
        </Form.Item>
        <Form.Item name="probe_daily_usd" label={t('channelForm.probeDailyUsd')} rules={[rule]}>
          <InputNumber min={0} max={1000} step={0.05} prefix="$" />
        </Form.Item>
      </div>
      <Form.Item
        name="probe_model"
        label={t('channelForm.probeModel')}
        rules={[rule]}
        extra={t('channelForm.probeModelHint')}
      >
        <Input placeholder="claude-haiku-4-5" spellCheck={false} />
      </Form.Item>
    </>
  )
}

export function CostFields({ rule }: { rule: FormRule }) {
  const { t } = useTranslation()
  return (
    <Form.Item
      name="cost_multiplier"
      label={t('channelForm.costMultiplier')}
      rules={[rule]}
      extra={t('channelForm.costMultiplierHint')}
    >
      <InputNumber min={0} max={1000} step={0.05} prefix="×" />
    </Form.Item>
  )
}
