/** How fast a key may be used, what it may spend, and until when it holds. */
import { Form, type FormRule, InputNumber } from 'antd'
import { useTranslation } from 'react-i18next'
import { TimeZoneField } from '../../../components/time-zone-field.tsx'
import { BudgetsField } from './budgets-field.tsx'
import styles from './fields.module.css'
import { MomentField } from './moment-field.tsx'

const COUNTS = [
  { name: 'requests_per_minute', max: 1_000_000 },
  { name: 'tokens_per_minute', max: 1_000_000_000 },
  { name: 'max_concurrency', max: 100_000 },
] as const
const MOST_DAYS = 36_500

export function LimitFields({ rule }: { rule: FormRule }) {
  const { t } = useTranslation()
  return (
    <>
      <p className={styles['lead']}>{t('keyForm.limitsLead')}</p>
      <div className={styles['pair']}>
        {COUNTS.map(({ name, max }) => (
          <Form.Item key={name} name={name} label={t(`keyForm.${name}`)} rules={[rule]}>
            <InputNumber precision={0} min={1} max={max} placeholder={t('keyForm.noLimit')} />
          </Form.Item>
        ))}
      </div>
    </>
  )
}

/** @param ownZone what stands for no time zone; undefined where one must be chosen */
export function BudgetFields({ rule, ownZone }: { rule: FormRule; ownZone: string | undefined }) {
  const { t } = useTranslation()
  return (
    <>
      <p className={styles['lead']}>{t('keyForm.budgetsLead')}</p>
      <Form.Item name="budgets" rules={[rule]}>
        <BudgetsField />
      </Form.Item>
      <Form.Item
        name="time_zone"
        label={t('keyForm.timeZone')}
        extra={t('keyForm.timeZoneHint')}
        rules={[rule]}
      >
        <TimeZoneField {...(ownZone === undefined ? {} : { placeholder: ownZone })} />
      </Form.Item>
    </>
  )
}

export function EndFields({ rule }: { rule: FormRule }) {
  const { t } = useTranslation()
  return (
    <>
      <p className={styles['lead']}>{t('keyForm.endLead')}</p>
      <div className={styles['pair']}>
        <Form.Item name="expires_at_ms" label={t('keyForm.expiresAt')} rules={[rule]}>
          <MomentField />
        </Form.Item>
        <Form.Item name="expires_after_days" label={t('keyForm.expiresAfter')} rules={[rule]}>
          <InputNumber
            precision={0}
            min={1}
            max={MOST_DAYS}
            suffix={t('keyForm.days')}
            placeholder={t('keyForm.never')}
          />
        </Form.Item>
      </div>
    </>
  )
}
