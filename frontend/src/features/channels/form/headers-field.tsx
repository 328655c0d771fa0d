/** Names and values, a row each. Form.Item hands it id, value and onChange. */
import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import type { HeaderRow } from './channel-values.ts'
import styles from './fields.module.css'

interface HeadersFieldProps {
  id?: string
  value?: readonly HeaderRow[]
  onChange?: (rows: HeaderRow[]) => void
}

export function HeadersField({ id, value = [], onChange }: HeadersFieldProps) {
  const { t } = useTranslation()
  const change = (at: number, part: Partial<HeaderRow>) =>
    onChange?.(value.map((row, index) => (index === at ? { ...row, ...part } : row)))
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring its own border and legend; the label stands above.
    <div
      className={styles['headers']}
      role="group"
      aria-label={t('channelForm.addHeaders')}
      {...(id === undefined ? {} : { id })}
    >
      {value.map((row, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other identity while they are typed.
        <div key={at} className={styles['header']}>
          <Input
            value={row.name}
            placeholder="x-team"
            spellCheck={false}
            aria-label={t('channelForm.headerName', { number: at + 1 })}
            onChange={(event) => change(at, { name: event.target.value })}
          />
          <Input
            value={row.value}
            spellCheck={false}
            autoComplete="off"
            placeholder={t('channelForm.headerValuePlaceholder')}
            aria-label={t('channelForm.headerValue', { number: at + 1 })}
            onChange={(event) => change(at, { value: event.target.value })}
          />
          <Button
            type="text"
            icon={<DeleteOutlined />}
            aria-label={t('channelForm.headerRemove', { number: at + 1 })}
            onClick={() => onChange?.(value.filter((_, index) => index !== at))}
          />
        </div>
      ))}
      <Button
        size="small"
        icon={<PlusOutlined aria-hidden="true" />}
        onClick={() => onChange?.([...value, { name: '', value: '' }])}
      >
        {t('channelForm.headerAdd')}
      </Button>
    </div>
  )
}
