/** The console's front: the first steps while there is no channel, the first page of the navigation after that. */
import { channelEndpoints } from '@claude-gateway/contract/channel.ts'
import { Navigate } from 'react-router'
import { useEndpoint } from '../api/use-endpoint.ts'
import { QueryView } from '../components/query-view.tsx'

export function Home() {
  const channels = useEndpoint(channelEndpoints.list, {})
  return (
    <QueryView query={channels}>
      {({ data }) => <Navigate to={data.length === 0 ? '/start' : '/channels'} replace />}
    </QueryView>
  )
}
