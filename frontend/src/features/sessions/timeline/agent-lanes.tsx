/** The agents of a session as lanes, each request a bar from its beginning to its end. */
import type { SessionDetail, SessionRequest } from '@claude-gateway/contract/session.ts'
import { Link } from 'react-router'
import { useAgentName } from '../use-agent-name.ts'
import styles from './agent-lanes.module.css'
import type { RequestMark, Timeline } from './timeline-marks.ts'
import { useRequestWords } from './use-request-words.ts'

interface AgentLanesProps {
  timeline: Timeline
  agents: SessionDetail['agents']
  log: string
  /** Whether it is none of those that are looked at. */
  isAside: (request: SessionRequest) => boolean
  onPoint: (mark: RequestMark) => void
}

const percent = (share: number) => `${(share * 100).toFixed(3)}%`

export function AgentLanes({ timeline, agents, log, isAside, onPoint }: AgentLanesProps) {
  const nameOf = useAgentName()
  const numbered = timeline.marks.map((mark, order) => ({ mark, order }))
  return (
    <ol className={styles['lanes']}>
      {agents.map((agent) => (
        <li key={agent.agent_id ?? ''}>
          <span className={styles['name']} style={{ paddingLeft: Math.min(agent.depth, 4) * 12 }}>
            {nameOf(agent)}
          </span>
          <div className={styles['lane']}>
            <Folds timeline={timeline} />
            {numbered
              .filter(({ mark }) => mark.request.agent_id === agent.agent_id)
              .map(({ mark, order }) => (
                <Bar
                  key={mark.request.id}
                  mark={mark}
                  order={order}
                  log={log}
                  isAside={isAside(mark.request)}
                  onPoint={onPoint}
                />
              ))}
          </div>
        </li>
      ))}
    </ol>
  )
}

/** Where time is folded. */
function Folds({ timeline: { scale } }: { timeline: Timeline }) {
  return scale.stretches
    .filter(({ isFolded }) => isFolded)
    .map(({ from, to, fromMs }) => (
      <span
        key={fromMs}
        className={styles['fold']}
        style={{ left: percent(from), width: percent(to - from) }}
        aria-hidden="true"
      />
    ))
}

interface BarProps {
  mark: RequestMark
  /** In time, among all of the session. */
  order: number
  log: string
  isAside: boolean
  onPoint: (mark: RequestMark) => void
}

function Bar({ mark, order, log, isAside, onPoint }: BarProps) {
  const wordsOf = useRequestWords()
  const { request, from, to, warmth, isBad } = mark
  return (
    <Link
      to={`${log}&request=${request.id}`}
      className={styles['bar']}
      data-order={order}
      data-warmth={warmth}
      data-bad={isBad}
      data-aside={isAside}
      data-compaction={request.is_compaction}
      data-expired={request.cache_expired}
      style={{ left: `min(${percent(from)}, 100% - 5px)`, width: percent(to - from) }}
      tabIndex={order === 0 ? 0 : -1}
      aria-label={wordsOf(mark).join(', ')}
      onMouseEnter={() => onPoint(mark)}
      onFocus={() => onPoint(mark)}
    />
  )
}
