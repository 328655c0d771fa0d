/** The agents of a session as a tree, with what each cost, and what it cost with all agents below it. */
import type { SessionDetail } from '@claude-gateway/contract/session.ts'
import { useTranslation } from 'react-i18next'
import { Section } from '../../../components/section.tsx'
import { ShareBar } from '../../../components/share-bar.tsx'
import { useFormats } from '../../../i18n/use-formats.ts'
import { useSessionFocus } from '../session-focus.ts'
import { useAgentName } from '../use-agent-name.ts'
import styles from './session-tables.module.css'

const STEP_PX = 18
const MOST_STEPS = 8

export function AgentTree({ session }: { session: SessionDetail }) {
  const { t } = useTranslation()
  const { integer } = useFormats()
  const heads = ['agent', 'requests', 'cached', 'cost', 'withBelow'] as const
  return (
    <Section title={t('session.agents', { number: integer(session.agents.length) })}>
      <div className={styles['scroll']}>
        <table className={styles['table']} aria-label={t('session.tree')}>
          <thead>
            <tr>
              {heads.map((head) => (
                <th key={head} scope="col">
                  {t(`session.heads.${head}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {session.agents.map((agent) => (
              <AgentRow key={agent.agent_id ?? ''} agent={agent} whole={session.agents[0]} />
            ))}
          </tbody>
        </table>
      </div>
      {session.agents_left_out > 0 ? (
        <p className={styles['note']}>
          {t('session.agentsLeftOut', { number: integer(session.agents_left_out) })}
        </p>
      ) : null}
    </Section>
  )
}

type Agent = SessionDetail['agents'][number]

function AgentRow({ agent, whole }: { agent: Agent; whole: Agent | undefined }) {
  const { t } = useTranslation()
  const { integer, percent, cost, dateTime } = useFormats()
  const nameOf = useAgentName()
  const focus = useSessionFocus()
  const id = agent.agent_id ?? ''
  const failed =
    (agent.outcomes.failed ?? 0) + (agent.outcomes.rejected ?? 0) + (agent.outcomes.truncated ?? 0)
  const share = agent.total_cost_nano_usd / Math.max(1, whole?.total_cost_nano_usd ?? 1)
  return (
    <tr data-chosen={focus.agent === id}>
      <th scope="row" style={{ paddingLeft: Math.min(agent.depth, MOST_STEPS) * STEP_PX }}>
        <button
          type="button"
          className={styles['pick']}
          aria-pressed={focus.agent === id}
          title={agent.agent_id ?? dateTime(agent.first_at_ms)}
          onClick={() => focus.lookAt('agent', id)}
        >
          {nameOf(agent)}
        </button>
        <span className="visually-hidden">{t('session.depth', { depth: agent.depth })}</span>
        {agent.parent_is_known || agent.agent_id === null ? null : <small>{t('session.lostParent')}</small>}
        {agent.compactions > 0 ? (
          <small>{t('session.compactions', { count: agent.compactions })}</small>
        ) : null}
      </th>
      <td>
        {integer(agent.requests)}
        {failed > 0 ? (
          <small className={styles['bad']}>{t('session.failed', { number: failed })}</small>
        ) : null}
      </td>
      <td>{agent.cache_hit_share === null ? '–' : percent(agent.cache_hit_share)}</td>
      <td>{cost(agent.cost_nano_usd)}</td>
      <td className={styles['sum']}>
        {cost(agent.total_cost_nano_usd)}
        <ShareBar share={share} />
      </td>
    </tr>
  )
}
