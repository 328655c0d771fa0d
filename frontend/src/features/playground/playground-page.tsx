/** The playground: a message sent through the gateway, its answer as it comes, and what it took and cost. */
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PageHeader } from '../../components/page-header.tsx'
import { AnswerView } from './answer-view.tsx'
import { KeyField } from './key-field.tsx'
import styles from './playground-page.module.css'
import { QuestionForm } from './question-form.tsx'
import { usePlayground } from './use-playground.ts'

export function PlaygroundPage() {
  const { t } = useTranslation()
  // In this page's memory only: gone with it.
  const [secret, setSecret] = useState('')
  const { exchange, send, stop } = usePlayground()
  return (
    <>
      <PageHeader title={t('playground.title')} lead={t('playground.lead')} />
      <div className={styles['halves']}>
        <div className={styles['sheet']}>
          <KeyField secret={secret} onChange={setSecret} />
          <QuestionForm
            ready={secret !== ''}
            busy={exchange?.state === 'under_way'}
            onSend={(values) => void send(values, secret)}
            onStop={stop}
          />
        </div>
        <AnswerView exchange={exchange} />
      </div>
    </>
  )
}
