/** Calls the gateway with a key alone: without the operator's session, and with readings of its own. */
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { createClient } from '../../api/client.ts'
import { ClientContext } from '../../api/use-endpoint.ts'

/** @param secret made anew with another key: what was read with one is not shown with the next */
export function HolderClient({ secret, children }: { secret: string; children: ReactNode }) {
  const [queries] = useState(
    () => new QueryClient({ defaultOptions: { queries: { networkMode: 'always', retry: false } } }),
  )
  const [client] = useState(() =>
    createClient({
      fetch: (input, init) =>
        window.fetch(input, {
          ...init,
          credentials: 'omit',
          headers: { authorization: `Bearer ${secret}` },
        }),
      // A key is no session: there is nobody to wait for.
      onSignedOut: async () => false,
    }),
  )
  return (
    <QueryClientProvider client={queries}>
      <ClientContext value={client}>{children}</ClientContext>
    </QueryClientProvider>
  )
}
