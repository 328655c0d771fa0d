/** The last step: the newest request of the log, as soon as it is there. */
import { type RequestLogView, requestLogEndpoints } from '@claude-gateway/contract/request-log.ts'
import { useTranslation } from 'react-i18next'
import { useEndpoint } from '../../api/use-endpoint.ts'
import { FactList } from '../../components/fact-list.tsx'
import { LinkButton } from '../../components/link-button.tsx'
import { TimeStamp } from '../../components/time-stamp.tsx'
import { useFormats } from '../../i18n/use-formats.ts'
import styles from './request-step.module.css'
import sheet from './sheet.module.css'
import { Step } from './step.tsx'

const EVERY_MS = 1500

/** The newest request of the log, if there is one; it appears by itself. */
export function useNewestRequest(): RequestLogView | undefined {
  return useEndpoint(requestLogEndpoints.list, { query: { limit: 1 } }, { everyMs: EVERY_MS }).data?.data[0]
}

/** @param ready whether there is a channel to send to, and a key to come in with */
export function RequestStep({ ready }: { ready: boolean }) {
  const { t } = useTranslation()
  const request = useNewestRequest()
  if (request) {
    return (
      <Step title={t('start.request.title')} hint={t('start.request.arrived')} state="done">
        <Arrived request={request} />
      </Step>
    )
  }
  return (
    <Step title={t('start.request.title')} hint={t('start.request.hint')} state={ready ? 'open' : 'later'}>
      <p className={styles['waiting']} role="status">
        <span className={styles['pulse']} aria-hidden="true" />
        {t('start.request.waiting')}
      </p>
    </Step>
  )
}

function Arrived({ request }: { request: RequestLogView }) {
  const { t } = useTranslation()
  const { cost, duration } = useFormats()
  const facts = [
    { label: t('requests.time'), value: <TimeStamp timeMs={request.started_at_ms} /> },
    { label: t('requests.outcome'), value: t(`outcomes.${request.outcome}`) },
    { label: t('requests.model'), value: <code>{request.requested_model}</code> },
    { label: t('requests.channel'), value: request.channel_name },
    { label: t('requests.key'), value: request.key_name },
    { label: t('requests.duration'), value: duration(request.duration_ms) },
    { label: t('requests.cost'), value: cost(request.cost_nano_usd) },
  ]
  return (
    <div className={sheet['sheet']} aria-live="polite">
      <FactList facts={facts} />
      <div className={`${sheet['buttons']} ${styles['onward']}`}>
        <LinkButton type="primary" to={`/requests?request=${request.id}`}>
          {t('start.request.see')}
        </LinkButton>
        <LinkButton to="/requests">{t('start.request.on')}</LinkButton>
      </div>
    </div>
  )
}
