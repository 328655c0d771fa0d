/** The answer as it comes, block by block; below it what it took. */
import { Alert } from 'antd'
import { useTranslation } from 'react-i18next'
import { CopyBlock } from '../../components/copy-block.tsx'
import type { AnswerBlock } from './answer-state.ts'
import { ExchangeFacts } from './exchange-facts.tsx'
import styles from './playground-page.module.css'
import type { Exchange } from './use-playground.ts'

export function AnswerView({ exchange }: { exchange: Exchange | null }) {
  const { t } = useTranslation()
  return (
    <section className={`${styles['sheet']} ${styles['answer']}`} aria-label={t('playground.answer')}>
      <div aria-live="polite" aria-busy={exchange?.state === 'under_way'} className={styles['blocks']}>
        {exchange === null ? (
          <p className={styles['empty']}>{t('playground.nothingYet')}</p>
        ) : (
          <Blocks exchange={exchange} />
        )}
      </div>
      {exchange === null ? null : <ExchangeFacts exchange={exchange} />}
    </section>
  )
}

function Blocks({ exchange: { answer, state, status } }: { exchange: Exchange }) {
  const { t } = useTranslation()
  const isWaiting = state === 'under_way' && answer.blocks.length === 0
  return (
    <>
      {isWaiting ? <p className={styles['empty']}>{t('playground.waiting')}</p> : null}
      {answer.blocks.map((block, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: blocks are only ever added at the end.
        <Block key={index} block={block} />
      ))}
      {answer.error ? (
        <Alert
          type="error"
          showIcon
          title={answer.error.message}
          description={[status, answer.error.type].filter((part) => part !== null).join(' · ')}
        />
      ) : null}
      {state === 'stopped' ? <p className={styles['empty']}>{t('playground.stopped')}</p> : null}
    </>
  )
}

function pretty(json: string): string {
  try {
    return JSON.stringify(JSON.parse(json), null, 2)
  } catch {
    // It is still growing.
    return json
  }
}

function Block({ block: { type, name, text } }: { block: AnswerBlock }) {
  const { t } = useTranslation()
  if (type === 'text') return <p className={styles['text']}>{text}</p>
  if (type === 'thinking') {
    return (
      <details open className={styles['thinking']}>
        <summary>{t('playground.thoughts')}</summary>
        <p className={styles['text']}>{text}</p>
      </details>
    )
  }
  return <CopyBlock label={name === null ? type : t('playground.callsTool', { name })} text={pretty(text)} />
}
