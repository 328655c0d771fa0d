/** Stands where the answer would be, when there is none to show. */
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { ApiError } from '../api/api-error.ts'
import { errorWords } from '../i18n/error-words.ts'
import { Notice } from './notice.tsx'

export function QueryFailure({ error, onRetry }: { error: ApiError | null; onRetry: () => void }) {
  const { t, i18n } = useTranslation()
  const away = error?.code === 'gateway_unreachable'
  return (
    <Notice
      title={t(away ? 'state.unreachable' : 'state.notShown')}
      hint={away || !error ? t('state.unreachableHint') : errorWords(t, i18n.language, error)}
      action={<Button onClick={onRetry}>{t('act.retry')}</Button>}
    />
  )
}
