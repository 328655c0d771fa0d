/** Everything that the pages stand on: translator, theme, the client of the gateway and the cache of its answers. */
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import type { i18n as I18n } from 'i18next'
import type { ReactNode } from 'react'
import { I18nextProvider } from 'react-i18next'
import { ApiError } from '../api/api-error.ts'
import { type Client, createClient } from '../api/client.ts'
import { ClientContext } from '../api/use-endpoint.ts'
import { sessionEnd } from './session.tsx'
import { ThemeProvider } from './theme.tsx'

/** One second try hides a restart; more would hide that the gateway is away. */
const TRIES = 1

function createQueryClient(): QueryClient {
  const retry = (failures: number, error: Error) =>
    failures < TRIES && error instanceof ApiError && error.mayPass
  return new QueryClient({
    defaultOptions: {
      // A laptop on a train still reaches its own gateway: the browser's idea of "online" does not count.
      queries: { networkMode: 'always', retry },
      mutations: { networkMode: 'always' },
    },
  })
}

export interface Connection {
  readonly queries: QueryClient
  readonly client: Client
}

export function connect(): Connection {
  const queries = createQueryClient()
  const client = createClient({ fetch: window.fetch.bind(window), onSignedOut: sessionEnd(queries) })
  return { queries, client }
}

interface ProvidersProps {
  i18n: I18n
  connection: Connection
  children: ReactNode
}

export function Providers({ i18n, connection: { queries, client }, children }: ProvidersProps) {
  return (
    <I18nextProvider i18n={i18n}>
      <ThemeProvider>
        <QueryClientProvider client={queries}>
          <ClientContext value={client}>{children}</ClientContext>
        </QueryClientProvider>
      </ThemeProvider>
    </I18nextProvider>
  )
}
