/** What follows a form that was saved: it is said, and its drawer closes. */
import { useTranslation } from 'react-i18next'
import { useTell } from './use-tell.ts'

export function useSaved(onClose: () => void): () => void {
  const { t } = useTranslation()
  const tell = useTell()
  return () => {
    tell.done(t('act.saved'))
    onClose()
  }
}
