/** What there is to say of a request on the timeline, part by part. */
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../../i18n/use-formats.ts'
import { useAgentName } from '../use-agent-name.ts'
import type { RequestMark } from './timeline-marks.ts'

export function useRequestWords(): (mark: RequestMark) => string[] {
  const { t } = useTranslation()
  const { clock, duration, exactCost, percent, compact } = useFormats()
  const nameOf = useAgentName()
  return ({ request, prompt, isBad }) => {
    const { cache_hit_share: share, gap_ms: gap } = request
    const cache = share === null ? [] : [t('requests.cached', { share: percent(share) })]
    const tokens = t('session.tokens', {
      read: compact(prompt.read),
      written: compact(prompt.written),
      fresh: compact(prompt.fresh),
    })
    return [
      clock(request.started_at_ms),
      nameOf(request),
      request.requested_model ?? t('requests.noModel'),
      ...(isBad ? [t(`outcomes.${request.outcome}`)] : []),
      exactCost(request.cost_nano_usd),
      duration(request.duration_ms),
      ...cache,
      tokens,
      ...(request.is_compaction ? [t('session.compaction')] : []),
      ...(request.cache_expired && gap !== null ? [t('session.expired', { gap: duration(gap) })] : []),
    ]
  }
}
