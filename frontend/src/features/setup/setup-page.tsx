/** First run: creates the first operator with the one-time link that the gateway printed. */
import { useTranslation } from 'react-i18next'
import { Navigate, useSearchParams } from 'react-router'
import { useSession } from '../../app/session.tsx'
import { Door } from '../../components/door.tsx'
import { FullPageLoading } from '../../components/full-page-loading.tsx'
import { LinkButton } from '../../components/link-button.tsx'
import { QueryFailure } from '../../components/query-failure.tsx'
import { SetupForm } from './setup-form.tsx'

export function SetupPage() {
  const { t } = useTranslation()
  const session = useSession()
  const [search] = useSearchParams()
  if (session.isPending) return <FullPageLoading />
  if (!session.data) return <QueryFailure error={session.error} onRetry={() => void session.refetch()} />
  if (session.data.signed_in) return <Navigate to="/" replace />
  if (!session.data.setup_needed) return <SetUpAlready />
  return (
    <Door title={t('setup.title')} lead={t('setup.lead')}>
      <SetupForm token={search.get('token')} />
    </Door>
  )
}

function SetUpAlready() {
  const { t } = useTranslation()
  return (
    <Door title={t('setup.done')} lead={t('setup.doneHint')}>
      <LinkButton to="/login" type="primary" block>
        {t('signIn.submit')}
      </LinkButton>
    </Door>
  )
}
