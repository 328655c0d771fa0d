/** What of a session is looked at: all of it, one agent's requests, or those of one prompt; kept in the address. */
import type { SessionRequest } from '@claude-gateway/contract/session.ts'
import { useSearchParams } from 'react-router'

export interface SessionFocus {
  /** Empty for the main conversation; null for no agent in particular. */
  readonly agent: string | null
  readonly prompt: string | null
  /** Looks at it, or away from it where it is looked at already. */
  readonly lookAt: (kind: 'agent' | 'prompt', id: string) => void
  readonly isAside: (request: SessionRequest) => boolean
}

export function useSessionFocus(): SessionFocus {
  const [search, setSearch] = useSearchParams()
  const [agent, prompt] = [search.get('agent'), search.get('prompt')]
  return {
    agent,
    prompt,
    lookAt: (kind, id) =>
      setSearch(
        (before) => {
          const after = new URLSearchParams(before)
          after.delete('agent')
          after.delete('prompt')
          if (before.get(kind) !== id) after.set(kind, id)
          return after
        },
        { replace: true },
      ),
    isAside: ({ agent_id, prompt_id }) =>
      (agent !== null && (agent_id ?? '') !== agent) || (prompt !== null && prompt_id !== prompt),
  }
}
