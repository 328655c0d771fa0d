/** One request's whole story, in a drawer over the log; the address leads straight to it. */
import { type RequestLogView, requestLogEndpoints } from '@claude-gateway/contract/request-log.ts'
import { Drawer } from 'antd'
import { useTranslation } from 'react-i18next'
import { useEndpoint } from '../../api/use-endpoint.ts'
import { QueryView } from '../../components/query-view.tsx'
import { useIsNarrow } from '../../components/use-is-narrow.ts'
import { usePanel } from '../../components/use-panel.ts'
import { RequestStory } from './request-story.tsx'

const WIDTH_PX = 620

export function RequestDrawer({ requests }: { requests: readonly RequestLogView[] }) {
  const { t } = useTranslation()
  const { target, close } = usePanel('request')
  const narrow = useIsNarrow()
  const id = typeof target === 'number' ? target : null
  const listed = requests.find((request) => request.id === id)
  return (
    <Drawer open={id !== null} size={narrow ? '100%' : WIDTH_PX} title={t('request.title')} onClose={close}>
      {listed ? <RequestStory request={listed} /> : null}
      {!listed && id !== null ? <FetchedStory id={id} /> : null}
    </Drawer>
  )
}

/** For a link to a request that is not in the list on the page. */
function FetchedStory({ id }: { id: number }) {
  const request = useEndpoint(requestLogEndpoints.get, { params: { id } })
  return <QueryView query={request}>{(found) => <RequestStory request={found} />}</QueryView>
}
