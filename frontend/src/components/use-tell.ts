/** Short messages about what was done, and what could not be. */
import { App } from 'antd'
import { useTranslation } from 'react-i18next'
import type { ApiError } from '../api/api-error.ts'
import { errorWords } from '../i18n/error-words.ts'

export function useTell() {
  const { message } = App.useApp()
  const { t, i18n } = useTranslation()
  return {
    done: (words: string) => void message.success(words),
    failed: (error: ApiError) => void message.error(errorWords(t, i18n.language, error)),
  }
}
