/** How an agent is called: by its type, and by its id where there are several of a type. */
import { useTranslation } from 'react-i18next'

interface Agent {
  readonly agent_id: string | null
  readonly agent_type: string | null
}

/** Ids are long, and differ at their beginning. */
const SHORT = 8

const shortId = (id: string): string => (id.length > SHORT + 4 ? `${id.slice(0, SHORT)}…` : id)

export function useAgentName(): (agent: Agent) => string {
  const { t } = useTranslation()
  return ({ agent_id, agent_type }) => {
    if (agent_id === null) return t('session.main')
    return agent_type === null ? shortId(agent_id) : `${agent_type} ${shortId(agent_id)}`
  }
}
