/** One request's whole story, in a drawer over the log; the address leads straight to it. With two, they stand side by side. */
import { type RequestLogView, requestLogEndpoints } from '@claude-gateway/contract/request-log.ts'
import { Drawer } from 'antd'
import { useEffect, useEffectEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { useEndpoint } from '../../../api/use-endpoint.ts'
import { QueryView } from '../../../components/query-view.tsx'
import { useIsNarrow } from '../../../components/use-is-narrow.ts'
import { usePanel } from '../../../components/use-panel.ts'
import { Comparison } from '../compare/comparison.tsx'
import { useCompared } from '../compare/use-compared.ts'
import type { RequestWindow } from '../rows/request-window.ts'
import { RequestStory } from './request-story.tsx'

const WIDTHS_PX = { one: 640, two: 900 }
const STEPS: Readonly<Record<string, number>> = { j: 1, k: -1 }

export function RequestDrawer({ rows }: { rows: RequestWindow }) {
  const { t } = useTranslation()
  const { target, close } = usePanel('request')
  const { comparedId } = useCompared()
  const narrow = useIsNarrow()
  const id = typeof target === 'number' ? target : null
  const isPair = comparedId !== null && comparedId !== id
  useNeighbourKeys(rows, id)
  return (
    <Drawer
      open={id !== null}
      size={narrow ? '100%' : WIDTHS_PX[isPair ? 'two' : 'one']}
      title={t(isPair ? 'compare.title' : 'request.title')}
      onClose={close}
    >
      {id === null ? null : (
        <Known id={id} rows={rows}>
          {(request) =>
            isPair ? (
              <ComparedWith id={comparedId} rows={rows} request={request} />
            ) : (
              <RequestStory request={request} />
            )
          }
        </Known>
      )}
    </Drawer>
  )
}

interface KnownProps {
  id: number
  rows: RequestWindow
  children: (request: RequestLogView) => React.ReactNode
}

/** The request as the list has it, or fetched, for a link to one that is not in the list. */
function Known({ id, rows, children }: KnownProps) {
  const listed = rows.rowAt(rows.indexOf(id))
  const fetched = useEndpoint(requestLogEndpoints.get, { params: { id } }, { enabled: listed === undefined })
  return listed ? children(listed) : <QueryView query={fetched}>{children}</QueryView>
}

interface ComparedWithProps {
  id: number
  rows: RequestWindow
  request: RequestLogView
}

function ComparedWith({ id, rows, request }: ComparedWithProps) {
  return (
    <Known id={id} rows={rows}>
      {(first) => <Comparison pair={[first, request]} />}
    </Known>
  )
}

/** `j` and `k` go to the next request and the one before while the drawer is open. */
function useNeighbourKeys(rows: RequestWindow, id: number | null): void {
  const [, setSearch] = useSearchParams()
  const press = useEffectEvent(({ key, target, ctrlKey, metaKey, altKey }: KeyboardEvent) => {
    const by = STEPS[key]
    const isTyping = target instanceof Element && target.closest('input, textarea, select') !== null
    if (id === null || by === undefined || isTyping || ctrlKey || metaKey || altKey) return
    const here = rows.indexOf(id)
    const next = here < 0 ? undefined : rows.rowAt(here + by)
    if (!next) return
    setSearch(
      (before) => {
        const after = new URLSearchParams(before)
        after.set('request', String(next.id))
        return after
      },
      { replace: true },
    )
  })
  useEffect(() => {
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [])
}
