/** The log as a list of any length: a table on wide screens, cards on narrow ones; only what is near the reader is drawn. */
import { Button } from 'antd'
import { type MouseEvent, type RefObject, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useIsNarrow } from '../../../components/use-is-narrow.ts'
import { usePanel } from '../../../components/use-panel.ts'
import type { RequestRows } from '../rows/use-request-window.ts'
import { RequestCard } from './request-card.tsx'
import { COLUMNS, RequestRow, type RequestRowProps } from './request-row.tsx'
import styles from './request-table.module.css'
import { indexOf, useRowKeys } from './use-row-keys.ts'
import { useVisibleRows } from './use-visible-rows.ts'

const HEIGHTS_PX = { row: 60, card: 146 }
/** Browsers draw nothing that is higher than some ten million pixels. */
const HIGHEST_PX = 8_000_000

interface RequestTableProps {
  list: RequestRows
  onTop: (isAtTop: boolean) => void
  /** Shows what is older than the last row that one can scroll to. */
  onOlder: (beforeMs: number) => void
}

export function RequestTable({ list: { rows, view }, onTop, onOlder }: RequestTableProps) {
  const body = useRef<HTMLElement>(null)
  const isNarrow = useIsNarrow()
  const heightPx = HEIGHTS_PX[isNarrow ? 'card' : 'row']
  const { target, open } = usePanel('request')
  const { from, to, isAtTop } = useVisibleRows(body, heightPx)
  useRowKeys(body)
  const most = Math.floor(HIGHEST_PX / heightPx)
  const count = Math.min(view.count, most)
  const first = Math.min(from, Math.max(0, count - 1))
  const last = Math.min(to, count)
  useEffect(() => onTop(isAtTop), [isAtTop, onTop])
  // Also when rows have come: they may make room for more.
  useEffect(() => {
    if (view.count < most) rows.show(first, last)
  }, [rows, first, last, view.count, most])
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
        abovePx={first * heightPx}
        belowPx={(count - last) * heightPx}
        onClick={openRow}
      />
      <Foot
        isCut={view.count > count}
        hasMore={view.hasMore}
        onOlder={() => onOlder(rows.rowAt(count - 1)?.started_at_ms ?? Date.now())}
      />
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

interface FootProps {
  isCut: boolean
  hasMore: boolean
  onOlder: () => void
}

function Foot({ isCut, hasMore, onOlder }: FootProps) {
  const { t } = useTranslation()
  return (
    <div className={styles['foot']}>
      {isCut ? <Button onClick={onOlder}>{t('requests.older')}</Button> : null}
      {isCut ? null : t(hasMore ? 'requests.fetching' : 'requests.end')}
    </div>
  )
}
