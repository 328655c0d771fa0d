/** An upstream as a channel meets it: moods that come and go, and what each answers. */
import type { Random } from './random.ts'

/** What an upstream does with one question. Milliseconds count from the question. */
export type Answer =
  | {
      readonly kind: 'error'
      readonly afterMs: number
      readonly status: number
      readonly headers: Headers
      readonly body: string
    }
  | { readonly kind: 'fault'; readonly afterMs: number; readonly fault: 'unreachable' | 'failed' }
  | { readonly kind: 'silence' }
  | { readonly kind: 'body'; readonly afterMs: number }
  | { readonly kind: 'stream'; readonly afterMs: number; readonly lastsMs: number; readonly isCut: boolean }

type Headers = Readonly<Record<string, string>>

export interface Question {
  readonly model: string
  readonly isStream: boolean
  /** Whether the request itself is at fault, whoever reads it. */
  readonly isFaulty: boolean
  readonly nowMs: number
}

type Behaviour = (random: Random, question: Question) => Answer

const errorBody = (type: string, message: string) =>
  JSON.stringify({ type: 'error', error: { type, message } })

const error =
  (status: number, type: string, message = 'no'): Behaviour =>
  (random) => ({
    kind: 'error',
    afterMs: random.between(1, 800),
    status,
    headers: {},
    body: errorBody(type, message),
  })

const fine: Behaviour = (random, { isStream, isFaulty }) => {
  const afterMs = random.between(20, 3000)
  if (isFaulty) {
    const body = errorBody('invalid_request_error', 'prompt is too long')
    return { kind: 'error', afterMs: random.between(5, 200), status: 400, headers: {}, body }
  }
  if (!isStream) return { kind: 'body', afterMs }
  return { kind: 'stream', afterMs, lastsMs: random.gapMs(15_000), isCut: false }
}

const cutting: Behaviour = (random, question) => {
  const answer = fine(random, question)
  return answer.kind === 'stream' ? { ...answer, isCut: true } : answer
}

const limited: Behaviour = (random, { nowMs }) => ({
  kind: 'error',
  afterMs: random.between(1, 300),
  status: 429,
  headers: limitHeaders(random, nowMs),
  body: errorBody('rate_limit_error', 'slow down'),
})

function limitHeaders(random: Random, nowMs: number): Headers {
  const seconds = random.pick([0, 1, 5, 20, 60, 60, 600, 7200])
  const quota = {
    'anthropic-ratelimit-unified-status': 'rejected',
    'anthropic-ratelimit-unified-reset': String(Math.floor(nowMs / 1000) + 60 * random.between(1, 300)),
    'anthropic-ratelimit-unified-representative-claim': random.pick(['five_hour', 'seven_day_opus']),
  }
  return random.pick<Headers>([
    { 'retry-after': String(seconds) },
    { 'retry-after': String(seconds) },
    { 'retry-after': new Date(nowMs + seconds * 1000).toUTCString() },
    { 'retry-after-ms': String(seconds * 300) },
    quota,
  ])
}

const either =
  (one: Behaviour, other: Behaviour): Behaviour =>
  (random, question) =>
    random.chance(0.5) ? one(random, question) : other(random, question)

const failing = error(500, 'api_error')
const overloaded = error(529, 'overloaded_error')
const dead: Behaviour = (random) => ({ kind: 'fault', afterMs: random.between(1, 50), fault: 'unreachable' })
const missing = error(404, 'not_found_error', 'model: it')

const MOODS = {
  healthy: fine,
  failing,
  flaky: either(fine, failing),
  resetting: (random) => ({ kind: 'fault', afterMs: random.between(1, 5000), fault: 'failed' }),
  cutting: either(fine, cutting),
  limited,
  crowded: either(fine, limited),
  limited_without_time: error(429, 'rate_limit_error'),
  overloaded,
  strained: either(fine, overloaded),
  unavailable: error(503, 'api_error'),
  refusing: error(401, 'authentication_error'),
  broke: error(400, 'invalid_request_error', 'Your credit balance is too low'),
  // One of the models; the others are served.
  forgetful: (random, question) => (question.model === 'claude-a' ? missing : fine)(random, question),
  dead,
  silent: () => ({ kind: 'silence' }),
} as const satisfies Record<string, Behaviour>

export type Mood = keyof typeof MOODS

export const TROUBLES = Object.keys(MOODS).filter((mood) => mood !== 'healthy') as [Mood, ...Mood[]]

/** @param isCutOff whether the network here is down, so that no upstream is reached. */
export function answerOf(mood: Mood, isCutOff: boolean, random: Random, question: Question): Answer {
  return (isCutOff ? dead : MOODS[mood])(random, question)
}
