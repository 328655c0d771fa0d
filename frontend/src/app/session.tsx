/** Who is signed in: asked once, kept beside every other reading, forgotten when a call is answered with 401. */
import { authEndpoints, type SessionView } from '@claude-gateway/contract/auth.ts'
import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { Navigate, useLocation } from 'react-router'
import type { Client } from '../api/client.ts'
import { keyOf, useAction, useEndpoint } from '../api/use-endpoint.ts'
import { FullPageLoading } from '../components/full-page-loading.tsx'
import { QueryFailure } from '../components/query-failure.tsx'

const sessionKey = keyOf(authEndpoints.session, {})
/** What was asked as the console started serves all who draw from it. */
const FRESH_MS = 5000

/** Asks who is asking before anything is drawn, and keeps the answer for whoever draws. */
export function askSession(queries: QueryClient, client: Client): Promise<SessionView> {
  return queries.fetchQuery({
    queryKey: sessionKey,
    queryFn: ({ signal }) => client.call(authEndpoints.session, {}, signal),
  })
}

/** Who is asking, as the gateway sees it. */
export function useSession() {
  return useEndpoint(authEndpoints.session, {}, { freshMs: FRESH_MS })
}

/** Takes the session that a sign-in or the set-up answered; what failed for want of one is read again. */
export function useAdoptSession(): (session: SessionView) => void {
  const queries = useQueryClient()
  return (session) => {
    queries.setQueryData(sessionKey, session)
    void queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionKey[0] })
  }
}

/** Ends the session. The page is loaded anew, so that whatever was read or typed under it is forgotten. */
export function useSignOut(): () => void {
  const logout = useAction(authEndpoints.logout, [])
  return () => logout.mutate({}, { onSettled: () => window.location.assign('/login') })
}

/**
 * Answers what is to be called when a session turns out to have ended: it marks the session, so that the layout asks to
 * sign in again, and resolves when somebody is in, with whether it is who was in before.
 */
export function sessionEnd(queries: QueryClient): () => Promise<boolean> {
  const waiting = new Set<(isSame: boolean) => void>()
  let last: string | null = null
  queries.getQueryCache().subscribe(({ query }) => {
    const session =
      query.queryKey[0] === sessionKey[0] ? (query.state.data as SessionView | undefined) : undefined
    if (!session?.signed_in) return
    for (const tell of waiting) tell(session.username === last)
    waiting.clear()
    last = session.username
  })
  return () => {
    queries.setQueryData<SessionView>(sessionKey, (session) =>
      session?.signed_in ? { ...session, signed_in: false, username: null, method: null } : session,
    )
    return new Promise((resolve) => waiting.add(resolve))
  }
}

/** The path to come back to after signing in; only ever one of our own. */
export function safeReturnPath(next: string | null): string {
  return next?.startsWith('/') && !/^\/[/\\]/.test(next) ? next : '/'
}

/**
 * Shows its children to operators only; anybody else is led to sign-in and back. Whoever was in before keeps the page
 * when the session ends, with all that was typed: the layout asks to sign in again over it.
 */
export function SignedInOnly({ children }: { children: ReactNode }) {
  const session = useSession()
  const location = useLocation()
  const [wasIn, setWasIn] = useState(false)
  if (session.data?.signed_in && !wasIn) setWasIn(true)
  if (session.data?.signed_in || (wasIn && !session.data?.setup_needed)) return children
  if (session.isPending) return <FullPageLoading />
  if (!session.data) return <QueryFailure error={session.error} onRetry={() => void session.refetch()} />
  const here = location.pathname + location.search
  return <Navigate to={here === '/' ? '/login' : `/login?next=${encodeURIComponent(here)}`} replace />
}
