/** Asks for a thing's name before the thing is deleted: what cannot be undone is not done by a slip. */
import { Form, Input } from 'antd'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Dialog } from './dialog.tsx'

interface ConfirmByNameProps {
  title: string
  /** What goes with it, and what stays. */
  hint: ReactNode
  /** What has to be typed. */
  name: string
  pending: boolean
  onConfirm: () => void
  onClose: () => void
}

export function ConfirmByName({ title, hint, name, pending, onConfirm, onClose }: ConfirmByNameProps) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState('')
  const matches = typed.trim() === name.trim()
  return (
    <Dialog
      title={title}
      onCancel={onClose}
      onOk={onConfirm}
      okText={t('act.delete')}
      okButtonProps={{ danger: true, disabled: !matches, loading: pending }}
      cancelText={t('act.cancel')}
      width={440}
    >
      <p>{hint}</p>
      <Form layout="vertical" onFinish={() => matches && onConfirm()}>
        <Form.Item label={t('confirm.typeName', { name })} htmlFor="confirm-name">
          <Input
            id="confirm-name"
            autoFocus
            autoComplete="off"
            spellCheck={false}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        </Form.Item>
      </Form>
    </Dialog>
  )
}
