/** Asks for the key, and says in plain words why one was refused. */
import { Alert, Checkbox, Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Door } from '../../components/door.tsx'
import { SubmitButton } from '../../components/submit-button.tsx'
import styles from './my-usage.module.css'

interface Values {
  secret: string
  keep: boolean
}

interface KeyFormProps {
  /** Why the key before was refused. */
  refusal: string | null
  onShow: (secret: string, keep: boolean) => void
  /** The same key once more. */
  onRetry?: () => void
}

/** What a header can carry; a key has nothing else in it. */
const POSSIBLE = /^[\x21-\x7e]+$/

export function KeyForm({ refusal, onShow, onRetry }: KeyFormProps) {
  const { t } = useTranslation()
  const [form] = Form.useForm<Values>()
  const rules = [
    { required: true, whitespace: true, message: t('myUsage.needed') },
    { pattern: POSSIBLE, transform: (text: string) => text.trim(), message: t('myUsage.noKey') },
  ]
  const submit = ({ secret, keep }: Values) => {
    onShow(secret.trim(), keep)
    onRetry?.()
  }
  return (
    <Door title={t('myUsage.title')} lead={t('myUsage.lead')}>
      {refusal === null ? null : <Alert type="error" showIcon title={refusal} style={{ marginBottom: 18 }} />}
      <Form<Values>
        form={form}
        initialValues={{ secret: '', keep: false }}
        onFinish={submit}
        layout="vertical"
        requiredMark={false}
        validateTrigger={[]}
      >
        <Form.Item name="secret" label={t('myUsage.key')} extra={t('myUsage.keyHint')} rules={rules}>
          <Input.Password
            autoFocus
            size="large"
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            placeholder="gk-…"
          />
        </Form.Item>
        <Form.Item name="keep" valuePropName="checked">
          <Checkbox>{t('myUsage.keep')}</Checkbox>
        </Form.Item>
        <SubmitButton size="large" block submitting={false}>
          {t('myUsage.show')}
        </SubmitButton>
      </Form>
      <div className={styles['aside']}>
        <Link to="/login">{t('myUsage.operator')}</Link>
      </div>
    </Door>
  )
}
