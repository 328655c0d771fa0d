/** The page for an address that leads nowhere. */
import { useTranslation } from 'react-i18next'
import { LinkButton } from '../components/link-button.tsx'
import { Notice } from '../components/notice.tsx'

export function NotFound() {
  const { t } = useTranslation()
  const home = <LinkButton to="/">{t('nav.pages.dashboard')}</LinkButton>
  return <Notice title={t('state.notFound')} hint={t('state.notFoundHint')} action={home} />
}
