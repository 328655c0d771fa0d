/** What the timeline draws of each request, in places from 0 to 1. Pure. */
import type { SessionRequest } from '@claude-gateway/contract/session.ts'
import { type TimelineScale, timelineScale } from './timeline-scale.ts'

/** How much of the prompt the cache held. */
type Warmth = 'warm' | 'mixed' | 'cold' | 'none'

export interface RequestMark {
  readonly request: SessionRequest
  readonly from: number
  readonly to: number
  readonly warmth: Warmth
  readonly isBad: boolean
  /** Tokens of the prompt: read from the cache, written to it, neither. */
  readonly prompt: { readonly read: number; readonly written: number; readonly fresh: number }
  /** Of the session, with this request. Nano-dollars. */
  readonly costSoFar: number
}

export interface Timeline {
  readonly scale: TimelineScale
  /** In the order in which they began. */
  readonly marks: readonly RequestMark[]
  /** Of the longest prompt, tokens; at least 1. */
  readonly mostTokens: number
}

const [WARM, COLD] = [0.7, 0.3]
const BAD = ['failed', 'rejected', 'truncated']

function warmthOf({ cache_hit_share: share }: SessionRequest, written: number): Warmth {
  if (share === null || (share === 0 && written === 0)) return 'none'
  if (share >= WARM) return 'warm'
  return share < COLD ? 'cold' : 'mixed'
}

/** @param requests in the order in which they began; at least one */
export function timelineOf(requests: readonly SessionRequest[]): Timeline {
  const endOf = ({ started_at_ms, duration_ms }: SessionRequest) => started_at_ms + duration_ms
  const spans = requests.map((one) => ({ fromMs: one.started_at_ms, toMs: endOf(one) }))
  const scale = timelineScale(spans)
  let costSoFar = 0
  const marks = requests.map((request): RequestMark => {
    const { usage } = request
    const written = usage.cache_write_5m_tokens + usage.cache_write_1h_tokens
    costSoFar += request.cost_nano_usd
    return {
      request,
      from: scale.place(request.started_at_ms),
      to: scale.place(endOf(request)),
      warmth: warmthOf(request, written),
      isBad: BAD.includes(request.outcome),
      prompt: { read: usage.cache_read_tokens, written, fresh: usage.input_tokens },
      costSoFar,
    }
  })
  const tokens = marks.map(({ prompt }) => prompt.read + prompt.written + prompt.fresh)
  return { scale, marks, mostTokens: Math.max(1, ...tokens) }
}
