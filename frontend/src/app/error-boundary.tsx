/** What is shown when a page itself breaks: the router hands its error here, nothing else on the screen is lost. */
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useRouteError } from 'react-router'
import { Notice } from '../components/notice.tsx'

export function RouteError() {
  const { t } = useTranslation()
  const error = useRouteError()
  return (
    <Notice
      title={t('state.broken')}
      hint={t('state.brokenHint')}
      detail={error instanceof Error ? error.message : null}
      action={
        <Button type="primary" onClick={() => window.location.reload()}>
          {t('state.reload')}
        </Button>
      }
    />
  )
}
