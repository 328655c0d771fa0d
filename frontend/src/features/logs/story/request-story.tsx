/** What one request asked for, the path it took, what it cost, where it stands in its session, what was said, and the facts. */
import type { RequestLogView } from '@claude-gateway/contract/request-log.ts'
import { Alert, Button } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { StateDot } from '../../../components/state-dot.tsx'
import { useFormats } from '../../../i18n/use-formats.ts'
import { useReasonWords } from '../../../i18n/use-reason-words.ts'
import { useCompared } from '../compare/use-compared.ts'
import { OUTCOME_TONES } from '../outcome-tone.ts'
import { AttemptPath } from './attempt-path.tsx'
import { Bodies } from './bodies.tsx'
import { CopyCurl } from './copy-curl.tsx'
import { DecisionLines } from './decision-lines.tsx'
import { Invoice } from './invoice.tsx'
import { RequestFacts } from './request-facts.tsx'
import styles from './request-story.module.css'
import { SessionPlace } from './session-place.tsx'

export function RequestStory({ request }: { request: RequestLogView }) {
  const { t } = useTranslation()
  const say = useReasonWords()
  return (
    <>
      <Headline request={request} />
      {request.error_message ? (
        <div className={styles['error']}>
          <Alert type="error" title={say(request.error_parts, request.error_message)} />
        </div>
      ) : null}
      <Section title={t('request.path')}>
        <AttemptPath attempts={request.attempts} durationMs={request.duration_ms} />
      </Section>
      <Section title={t('request.decision')}>
        <DecisionLines id={request.id} />
      </Section>
      <Section title={t('request.usage')}>
        <Invoice request={request} />
      </Section>
      <Section title={t('place.title')}>
        <SessionPlace request={request} />
      </Section>
      <Section title={t('bodies.title')}>
        <Bodies key={request.id} id={request.id} />
      </Section>
      <Section title={t('request.facts')}>
        <RequestFacts request={request} />
      </Section>
    </>
  )
}

function Headline({ request }: { request: RequestLogView }) {
  const { t } = useTranslation()
  const { dateTime } = useFormats()
  const { compare } = useCompared()
  return (
    <header className={styles['headline']}>
      <h2>{request.requested_model ?? t('requests.noModel')}</h2>
      <p>
        <StateDot tone={OUTCOME_TONES[request.outcome]}>{t(`outcomes.${request.outcome}`)}</StateDot>
        <span>{request.status}</span>
        <time dateTime={new Date(request.started_at_ms).toISOString()}>
          {dateTime(request.started_at_ms)}
        </time>
      </p>
      <div className={styles['tools']}>
        <Button size="small" onClick={() => compare(request.id)}>
          {t('compare.with')}
        </Button>
        <CopyCurl request={request} />
      </div>
    </header>
  )
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={styles['section']}>
      <h3>{title}</h3>
      {children}
    </section>
  )
}
