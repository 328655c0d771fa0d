/** Two requests side by side; where they differ is marked, by a sign as well as a colour. */
import type { RequestLogView } from '@claude-gateway/contract/request-log.ts'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../../i18n/use-formats.ts'
import { useAttemptWords } from '../story/use-attempt-words.ts'
import styles from './compare.module.css'
import { useComparedFacts } from './use-compared-facts.ts'

export function Comparison({ pair }: { pair: readonly [RequestLogView, RequestLogView] }) {
  const { t } = useTranslation()
  const { dateTime } = useFormats()
  const facts = useComparedFacts(pair)
  return (
    <>
      <p className={styles['note']}>
        {t('compare.marked', { number: facts.filter(({ differs }) => differs).length })}
      </p>
      <table className={styles['table']}>
        <thead>
          <tr>
            <th scope="col">{t('compare.fact')}</th>
            {pair.map(({ id, started_at_ms }) => (
              <th key={id} scope="col">
                {dateTime(started_at_ms)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {facts.map(({ label, values, differs }) => (
            <Fact key={label} label={label} values={values} differs={differs} />
          ))}
          <Fact
            label={t('request.path')}
            values={pair.map((request) => <Path key={request.id} request={request} />)}
            differs={pathOf(pair[0]) !== pathOf(pair[1])}
          />
        </tbody>
      </table>
    </>
  )
}

const pathOf = ({ attempts }: RequestLogView): string =>
  attempts.map(({ channel_id, result }) => `${channel_id} ${result}`).join(', ')

interface FactProps {
  label: string
  values: readonly ReactNode[]
  differs: boolean
}

function Fact({ label, values, differs }: FactProps) {
  const { t } = useTranslation()
  return (
    <tr data-differs={differs}>
      <th scope="row">
        {label}
        {differs ? <span className="visually-hidden">{t('compare.differs')}</span> : null}
      </th>
      {values.map((value, side) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the two sides have nothing else to be told apart by.
        <td key={side}>{value}</td>
      ))}
    </tr>
  )
}

function Path({ request: { attempts } }: { request: RequestLogView }) {
  const { duration } = useFormats()
  const words = useAttemptWords()
  if (attempts.length === 0) return '–'
  return (
    <ol className={styles['path']}>
      {attempts.map(({ channel_id, channel_name, started_after_ms, result, duration_ms }) => (
        <li key={`${channel_id}-${started_after_ms}`}>
          {channel_name} · {words(result)} · {duration(duration_ms)}
        </li>
      ))}
    </ol>
  )
}
