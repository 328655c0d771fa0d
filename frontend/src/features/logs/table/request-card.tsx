/** One request as a card, for narrow screens; all are equally high. */
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import {
  ChannelCell,
  CostCell,
  DurationCell,
  InputCell,
  ModelCell,
  OutcomeCell,
  OutputCell,
  TimeCell,
} from './request-cells.tsx'
import type { RequestRowProps } from './request-row.tsx'
import styles from './request-table.module.css'

const FIGURES = [
  { key: 'input', Cell: InputCell },
  { key: 'output', Cell: OutputCell },
  { key: 'cost', Cell: CostCell },
  { key: 'duration', Cell: DurationCell },
] as const

export const RequestCard = memo(function RequestCard({ index, request, isOpen }: RequestRowProps) {
  const { t } = useTranslation()
  if (!request) {
    return (
      <li className={styles['card']} aria-busy="true">
        <span className={styles['waiting']} />
      </li>
    )
  }
  return (
    <li className={styles['card']} data-index={index} data-open={isOpen}>
      <div className={styles['pair']}>
        <ModelCell request={request} />
        <TimeCell request={request} />
      </div>
      <div className={styles['pair']}>
        <OutcomeCell request={request} />
        <ChannelCell request={request} />
      </div>
      <dl>
        {FIGURES.map(({ key, Cell }) => (
          <div key={key}>
            <dt>{t(`requests.${key}`)}</dt>
            <dd>
              <Cell request={request} />
            </dd>
          </div>
        ))}
      </dl>
    </li>
  )
})
