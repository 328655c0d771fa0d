/** The log as a list of any length: a table on wide screens, cards on narrow ones; only what is near the reader is drawn. */
import { type MouseEvent, type RefObject, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useIsNarrow } from '../../../components/use-is-narrow.ts'
import { usePanel } from '../../../components/use-panel.ts'
import type { RequestRows } from '../rows/use-request-window.ts'
import { mostDrawn } from './drawn-stretch.ts'
import { RequestCard } from './request-card.tsx'
import { COLUMNS, RequestRow, type RequestRowProps } from './request-row.tsx'
import styles from './request-table.module.css'
import { indexOf, useRowKeys } from './use-row-keys.ts'
import { useVisibleRows } from './use-visible-rows.ts'

const HEIGHTS_PX = { row: 60, card: 146 }

interface RequestTableProps {
  list: RequestRows
  onTop: (isAtTop: boolean) => void
}

export function RequestTable({ list: { rows, view }, onTop }: RequestTableProps) {
  const { t } = useTranslation()
  const body = useRef<HTMLElement>(null)
  const isNarrow = useIsNarrow()
  const heightPx = HEIGHTS_PX[isNarrow ? 'card' : 'row']
  const { target, open } = usePanel('request')
  const { base, from, to, isAtTop } = useVisibleRows(body, heightPx, view.count)
  useRowKeys(body)
  const end = Math.min(view.count, base + mostDrawn(heightPx))
  const first = Math.min(from, Math.max(0, end - 1))
  const last = Math.min(to, end)
  useEffect(() => onTop(isAtTop), [isAtTop, onTop])
  // Also when rows have come: they may make room for more.
  // biome-ignore lint/correctness/useExhaustiveDependencies: how many are known is what makes it look again.
  useEffect(() => rows.show(first, last), [rows, first, last, view.count])
  const drawn = Array.from({ length: Math.max(0, last - first) }, (_, at) => {
    const request = rows.rowAt(first + at)
    const isOpen = request !== undefined && request.id === target
    return { key: request?.id ?? `at-${first + at}`, index: first + at, request, isOpen }
  })
  const openRow = ({ target: element }: MouseEvent) => {
    const request = element instanceof Element ? rows.rowAt(indexOf(element) ?? -1) : undefined
    if (request) open(request.id)
  }
  const List = isNarrow ? Cards : Rows
  return (
    <>
      <List
        body={body}
        drawn={drawn}
        abovePx={(first - base) * heightPx}
        belowPx={(end - last) * heightPx}
        onClick={openRow}
      />
      <div className={styles['foot']}>{t(view.hasMore ? 'requests.fetching' : 'requests.end')}</div>
    </>
  )
}

interface ListProps {
  body: RefObject<HTMLElement | null>
  drawn: readonly (RequestRowProps & { key: string | number })[]
  /** The room of the rows that are not drawn. */
  abovePx: number
  belowPx: number
  onClick: (event: MouseEvent) => void
}

function Rows({ body, drawn, abovePx, belowPx, onClick }: ListProps) {
  const { t } = useTranslation()
  return (
    <div
      ref={body as RefObject<HTMLDivElement | null>}
      className={styles['sheet']}
      style={{ paddingTop: abovePx, paddingBottom: belowPx }}
    >
      <table className={styles['table']} aria-label={t('requests.title')} aria-rowcount={-1}>
        <thead>
          <tr aria-rowindex={1}>
            {COLUMNS.map(({ key, place }) => (
              <th key={key} scope="col" className={styles[place]}>
                {t(`requests.${key}`)}
              </th>
            ))}
          </tr>
        </thead>
        {/* biome-ignore lint/a11y/useKeyWithClickEvents: every row holds a link for the keyboard. */}
        <tbody onClick={onClick}>
          {drawn.map(({ key, ...row }) => (
            <RequestRow key={key} {...row} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Cards({ body, drawn, abovePx, belowPx, onClick }: ListProps) {
  const { t } = useTranslation()
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: every card holds a link for the keyboard.
    <ul
      ref={body as RefObject<HTMLUListElement | null>}
      className={styles['cards']}
      style={{ paddingTop: abovePx, paddingBottom: belowPx }}
      aria-label={t('requests.title')}
      onClick={onClick}
    >
      {drawn.map(({ key, ...row }) => (
        <RequestCard key={key} {...row} />
      ))}
    </ul>
  )
}
