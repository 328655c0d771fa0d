/** The console's front: the first steps while there is no channel, the dashboard after that. */
import { channelEndpoints } from '@claude-gateway/contract/channel.ts'
import { Navigate } from 'react-router'
import { useEndpoint } from '../api/use-endpoint.ts'
import { QueryView } from '../components/query-view.tsx'
import { PAGES } from './pages.ts'

const front = PAGES.find(({ name }) => name === 'dashboard')?.path ?? '/channels'

export function Home() {
  const channels = useEndpoint(channelEndpoints.list, {})
  return (
    <QueryView query={channels}>
      {({ data }) => <Navigate to={data.length === 0 ? '/start' : front} replace />}
    </QueryView>
  )
}
