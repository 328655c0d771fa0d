/** What went wrong with a form as a whole. */
import { Alert } from 'antd'
import { useTranslation } from 'react-i18next'
import type { ApiError } from '../api/api-error.ts'
import { errorWords } from '../i18n/error-words.ts'

export function FormError({ error, words }: { error: ApiError | null; words?: string | undefined }) {
  const { t, i18n } = useTranslation()
  if (!error) return null
  return (
    <Alert
      type="error"
      showIcon
      title={words ?? errorWords(t, i18n.language, error)}
      style={{ marginBottom: 18 }}
    />
  )
}
