/** What is shown when a page itself breaks, or does not come: the router hands its error here, nothing else is lost. */
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useRouteError } from 'react-router'
import { Notice } from '../components/notice.tsx'

/** What Chromium, Firefox and Safari say of a script that did not come, and Vite of a style sheet. */
const NOT_FETCHED = /dynamically imported module|importing a module script|unable to preload/i

export function RouteError() {
  const { t } = useTranslation()
  const error = useRouteError()
  const message = error instanceof Error ? error.message : null
  const words = message !== null && NOT_FETCHED.test(message) ? 'notFetched' : 'broken'
  return (
    <Notice
      title={t(`state.${words}`)}
      hint={t(`state.${words}Hint`)}
      detail={words === 'broken' ? message : null}
      action={
        <Button type="primary" onClick={() => window.location.reload()}>
          {t('state.reload')}
        </Button>
      }
    />
  )
}
