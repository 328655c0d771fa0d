/** Whether bodies are kept, how much of each and for how long; with what that means. Form.Item hands it id, value and onChange. */
import type { Capture } from '@claude-gateway/contract/gateway-key.ts'
import { Alert, InputNumber, Switch } from 'antd'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './fields.module.css'

interface CaptureFieldProps {
  id?: string
  value?: Capture | null
  onChange?: (capture: Capture | null) => void
}

const KIB = 1024
const AT_FIRST: Capture = { max_bytes: 256 * KIB, retention_days: 7 }
/** The contract's bounds. */
const [MOST_KIB, MOST_DAYS] = [8192, 3650]

export function CaptureField({ id, value = null, onChange }: CaptureFieldProps) {
  const { t } = useTranslation()
  const own = useId()
  return (
    <div className={styles['capture']}>
      <div className={styles['switch']}>
        <Switch id={id ?? own} checked={value !== null} onChange={(on) => onChange?.(on ? AT_FIRST : null)} />
        <span>{t(value === null ? 'keyForm.captureOff' : 'keyForm.captureOn')}</span>
      </div>
      {value === null ? null : (
        <>
          <Alert type="warning" showIcon title={t('keyForm.captureWarning')} />
          <div className={styles['amounts']}>
            <div>
              <label htmlFor={`${own}bytes`}>{t('keyForm.captureBytes')}</label>
              <InputNumber
                id={`${own}bytes`}
                min={1}
                max={MOST_KIB}
                precision={0}
                suffix="KiB"
                value={Math.max(1, Math.round(value.max_bytes / KIB))}
                onChange={(kib) => kib !== null && onChange?.({ ...value, max_bytes: kib * KIB })}
              />
            </div>
            <div>
              <label htmlFor={`${own}days`}>{t('keyForm.captureDays')}</label>
              <InputNumber
                id={`${own}days`}
                min={1}
                max={MOST_DAYS}
                precision={0}
                suffix={t('keyForm.days')}
                value={value.retention_days}
                onChange={(days) => days !== null && onChange?.({ ...value, retention_days: days })}
              />
            </div>
          </div>
        </>
      )}
    </div>
  )
}
