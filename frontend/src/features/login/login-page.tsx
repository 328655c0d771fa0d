/** Sign-in; or, while no operator exists, where to begin instead. */
import { Alert } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link, Navigate, useSearchParams } from 'react-router'
import { safeReturnPath, useSession } from '../../app/session.tsx'
import { Door } from '../../components/door.tsx'
import { FullPageLoading } from '../../components/full-page-loading.tsx'
import { LinkButton } from '../../components/link-button.tsx'
import { QueryFailure } from '../../components/query-failure.tsx'
import { LoginForm } from './login-form.tsx'

export function LoginPage() {
  const { t } = useTranslation()
  const session = useSession()
  const [search] = useSearchParams()
  const next = search.get('next')
  if (session.isPending) return <FullPageLoading />
  if (!session.data) return <QueryFailure error={session.error} onRetry={() => void session.refetch()} />
  if (session.data.signed_in) return <Navigate to={safeReturnPath(next)} replace />
  if (session.data.setup_needed) return <NoOperatorYet />
  return (
    <Door title={t('signIn.title')} lead={t('signIn.lead', { host: window.location.host })}>
      {next ? <Alert type="info" title={t('signIn.goOn')} style={{ marginBottom: 18 }} /> : null}
      <LoginForm />
      <p style={{ margin: '18px 0 0', textAlign: 'center' }}>
        <Link to="/my-usage">{t('signIn.holdKey')}</Link>
      </p>
    </Door>
  )
}

function NoOperatorYet() {
  const { t } = useTranslation()
  return (
    <Door title={t('signIn.noOperator')} lead={t('signIn.noOperatorHint')}>
      <LinkButton to="/setup" type="primary" block>
        {t('signIn.goSetup')}
      </LinkButton>
    </Door>
  )
}
