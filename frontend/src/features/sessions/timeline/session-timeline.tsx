/** A session's requests along one axis of time: agents as lanes, and below them what it cost and how warm the cache was. */
import type { SessionDetail } from '@claude-gateway/contract/session.ts'
import { Button } from 'antd'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { QueryView } from '../../../components/query-view.tsx'
import { Section } from '../../../components/section.tsx'
import { useSessionFocus } from '../session-focus.ts'
import { AgentLanes } from './agent-lanes.tsx'
import { CacheStrip, CostStrip } from './cost-and-cache.tsx'
import { RequestWords } from './request-words.tsx'
import styles from './session-timeline.module.css'
import { TimeAxis } from './time-axis.tsx'
import { TimelineLegend } from './timeline-legend.tsx'
import { type RequestMark, timelineOf } from './timeline-marks.ts'
import { type SessionRequests, useSessionRequests } from './use-session-requests.ts'
import { walk } from './walk.ts'

/** More lanes hide what is below them. */
const LANES = 12

export function SessionTimeline({ session }: { session: SessionDetail }) {
  const { t } = useTranslation()
  const { session_id: id, key_id: keyId } = session
  const requests = useSessionRequests({ id, keyId })
  const log = `/requests?session_id=${encodeURIComponent(id)}&key_id=${keyId}`
  return (
    <Section title={t('session.timeline')} aside={<Link to={log}>{t('session.toLog')}</Link>}>
      <QueryView query={requests}>
        {(found) =>
          found.requests.length === 0 ? (
            <p className={styles['none']}>{t('session.notInLog')}</p>
          ) : (
            <Drawn found={found} session={session} log={log} />
          )
        }
      </QueryView>
    </Section>
  )
}

interface DrawnProps {
  found: SessionRequests
  session: SessionDetail
  /** Where its requests are listed. */
  log: string
}

function Drawn({ found, session, log }: DrawnProps) {
  const { t } = useTranslation()
  const focus = useSessionFocus()
  const [pointed, setPointed] = useState<RequestMark | null>(null)
  const [all, setAll] = useState(false)
  const timeline = useMemo(() => timelineOf(found.requests), [found.requests])
  const hidden = session.agents.length - LANES
  const agents = all || hidden <= 0 ? session.agents : session.agents.slice(0, LANES)
  return (
    <>
      <div className={styles['scroll']}>
        {/* biome-ignore lint/a11y/noStaticElementInteractions: the marks within are links; the arrows lead from one to the next. */}
        <div className={styles['plot']} onKeyDown={walk} onMouseLeave={() => setPointed(null)}>
          <AgentLanes
            timeline={timeline}
            agents={agents}
            log={log}
            isAside={focus.isAside}
            onPoint={setPointed}
          />
          <CostStrip timeline={timeline} />
          <CacheStrip timeline={timeline} isAside={focus.isAside} onPoint={setPointed} />
          <TimeAxis scale={timeline.scale} />
        </div>
      </div>
      <RequestWords mark={pointed} />
      <TimelineLegend />
      {hidden > 0 && !all ? (
        <Button size="small" onClick={() => setAll(true)}>
          {t('session.moreLanes', { number: hidden })}
        </Button>
      ) : null}
      {found.isCut ? (
        <p className={styles['none']}>{t('session.cut', { number: found.requests.length })}</p>
      ) : null}
    </>
  )
}
