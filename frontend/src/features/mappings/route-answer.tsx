/** The answer: the channels in the order in which they would be tried, then those left out, each with its reason. */
import { type ChannelView, channelEndpoints } from '@claude-gateway/contract/channel.ts'
import type { ResponseOf } from '@claude-gateway/contract/endpoint.ts'
import { routeEndpoints } from '@claude-gateway/contract/route.ts'
import { Alert } from 'antd'
import { useTranslation } from 'react-i18next'
import { useEndpoint } from '../../api/use-endpoint.ts'
import { QueryView } from '../../components/query-view.tsx'
import { useReasonWords } from '../../i18n/use-reason-words.ts'
import styles from './route-answer.module.css'
import { RouteLine } from './route-line.tsx'
import { type Asked, questionOf, type WhatIf, type WhatIfs, withEdit } from './route-question.ts'
import { useRouteReason } from './use-route-reason.ts'

/** Cooldowns end by themselves, so an answer that stands for long would be wrong. */
const EVERY_MS = 5000

type Explanation = ResponseOf<typeof routeEndpoints.explain>

interface RouteAnswerProps {
  asked: Asked & { readonly model: string }
  whatIfs: WhatIfs
  onWhatIf: (whatIfs: WhatIfs) => void
}

export function RouteAnswer({ asked, whatIfs, onWhatIf }: RouteAnswerProps) {
  const answer = useEndpoint(
    routeEndpoints.explain,
    { body: questionOf(asked, whatIfs) },
    { everyMs: EVERY_MS, keepsPrevious: true },
  )
  const channels = useEndpoint(channelEndpoints.list, {}).data?.data ?? []
  const edit = (channelId: number, change: WhatIf) => onWhatIf(withEdit(whatIfs, channelId, change))
  return (
    <div className={styles['answer']}>
      <QueryView query={answer}>
        {(explanation) => (
          <Lines explanation={explanation} channels={channels} whatIfs={whatIfs} onEdit={edit} />
        )}
      </QueryView>
    </div>
  )
}

interface LinesProps {
  explanation: Explanation
  channels: readonly ChannelView[]
  whatIfs: WhatIfs
  onEdit: (channelId: number, change: WhatIf) => void
}

function Lines({ explanation: { model, candidates, left_out, refusal }, channels, ...edits }: LinesProps) {
  const { t } = useTranslation()
  const reasonOf = useRouteReason()
  const say = useReasonWords()
  const channelOf = (id: number) => channels.find((channel) => channel.id === id)
  return (
    <>
      {refusal ? (
        <Alert
          type="warning"
          showIcon
          title={`${t('route.refused', { status: refusal.status })} ${say(refusal.message_parts, refusal.message)}`}
        />
      ) : null}
      <div className={styles['head']} aria-hidden="true">
        <span>{t(candidates.length > 0 ? 'route.tried' : 'route.leftOut')}</span>
        <span>{t('route.whatIf')}</span>
      </div>
      {candidates.length > 0 ? (
        <ol className={styles['lines']} aria-label={t('route.tried')}>
          {candidates.map(({ channel_id, channel_name, upstream_model, is_warm, last }) => (
            <RouteLine
              key={channel_id}
              id={channel_id}
              name={channel_name}
              upstreamModel={upstream_model === model ? null : upstream_model}
              note={
                last === null ? warmNote(is_warm, t('route.warm')) : t('route.last', { why: reasonOf(last) })
              }
              channel={channelOf(channel_id)}
              {...edits}
            />
          ))}
        </ol>
      ) : null}
      {candidates.length > 0 && left_out.length > 0 ? (
        <h3 className={styles['caption']}>{t('route.leftOut')}</h3>
      ) : null}
      <ul className={styles['lines']} aria-label={t('route.leftOut')}>
        {left_out.map(({ channel_id, channel_name, reason, until_ms }) => (
          <RouteLine
            key={channel_id}
            id={channel_id}
            name={channel_name}
            upstreamModel={null}
            note={reasonOf(reason, until_ms)}
            channel={channelOf(channel_id)}
            {...edits}
          />
        ))}
      </ul>
    </>
  )
}

const warmNote = (isWarm: boolean, words: string) => (isWarm ? words : null)
