/** The page for an address that leads nowhere. */
import { useTranslation } from 'react-i18next'
import { Notice } from '../components/notice.tsx'

export function NotFound() {
  const { t } = useTranslation()
  return <Notice title={t('state.notFound')} hint={t('state.notFoundHint')} />
}
