/** One request as a row of the table; its place is kept while it is on its way. */
import type { RequestLogView } from '@claude-gateway/contract/request-log.ts'
import { memo } from 'react'
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
import styles from './request-table.module.css'

export const COLUMNS = [
  { key: 'model', Cell: ModelCell, place: 'wide' },
  { key: 'time', Cell: TimeCell, place: 'time' },
  { key: 'outcome', Cell: OutcomeCell, place: 'word' },
  { key: 'channel', Cell: ChannelCell, place: 'long' },
  { key: 'input', Cell: InputCell, place: 'figure' },
  { key: 'output', Cell: OutputCell, place: 'figure' },
  { key: 'cost', Cell: CostCell, place: 'figure' },
  { key: 'duration', Cell: DurationCell, place: 'figure' },
] as const

export interface RequestRowProps {
  index: number
  /** undefined while it is on its way. */
  request: RequestLogView | undefined
  /** Whether it is the one that is open. */
  isOpen: boolean
}

export const RequestRow = memo(function RequestRow({ index, request, isOpen }: RequestRowProps) {
  if (!request) {
    return (
      <tr aria-rowindex={index + 2} aria-busy="true">
        <td colSpan={COLUMNS.length}>
          <span className={styles['waiting']} />
        </td>
      </tr>
    )
  }
  return (
    <tr aria-rowindex={index + 2} data-index={index} data-open={isOpen}>
      {COLUMNS.map(({ key, Cell, place }) => (
        <td key={key} className={styles[place]}>
          <Cell request={request} />
        </td>
      ))}
    </tr>
  )
})
