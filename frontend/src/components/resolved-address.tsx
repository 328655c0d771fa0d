/** Below a form's `base_url`: where a request would really go, as it is typed. */
import { baseUrlSchema } from '@claude-gateway/contract/channel-fields.ts'
import { messagesUrl } from '@claude-gateway/contract/upstream-url.ts'
import { Form } from 'antd'
import { useTranslation } from 'react-i18next'
import styles from './resolved-address.module.css'

export function ResolvedAddress({ hint }: { hint: string }) {
  const { t } = useTranslation()
  const form = Form.useFormInstance<{ base_url: string }>()
  const baseUrl = baseUrlSchema.safeParse(Form.useWatch('base_url', form))
  if (!baseUrl.success) return hint
  return (
    <span className={styles['resolved']}>
      {t('channelForm.resolved')} <code>{messagesUrl(baseUrl.data)}</code>
    </span>
  )
}
