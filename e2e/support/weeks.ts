/** Two weeks of an office's requests, the same in every run: by day and hour, people, models, sessions, and what goes wrong. */
import type { Script } from '../../backend/test/support/fake-upstream/answer.ts'
import { apiError } from '../../backend/test/support/fake-upstream/errors.ts'
import type { FakeUpstream } from '../../backend/test/support/fake-upstream/fake-upstream.ts'
import { message, refusal } from '../../backend/test/support/fake-upstream/messages.ts'
import { paced, slowFirstByte } from '../../backend/test/support/fake-upstream/timing.ts'
import { messageFor, type TestGateway } from '../../backend/test/support/gateway.ts'
import type { PastClock } from './past-clock.ts'

const HOUR_MS = 3_600_000
const DAYS = 14
/** Requests of the busiest hour; they are on their way at once. */
const MOST_AN_HOUR = 7
const MODELS = ['claude-sonnet-5', 'claude-sonnet-5', 'claude-opus-4-8', 'claude-haiku-4-5']
const PROJECTS = ['checkout', 'search', 'mobile']

/** Numbers from 0 to 1 that look like chance (a linear congruence), so that two runs show the same. */
export function chance(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296
    return state / 4_294_967_296
  }
}

const between = (least: number, most: number, at: number) => Math.round(least + (most - least) * at ** 2)

/** Answers as a model would that has most of its prompt in the cache. */
export function usualAnswers(random: () => number): Script {
  return (request) => {
    if (!request.path.endsWith('/messages')) return message()
    const usage = {
      input_tokens: between(8, 900, random()),
      cache_read_input_tokens: between(9000, 190_000, random()),
      cache_creation_input_tokens: 0,
      cache_creation: {
        ephemeral_5m_input_tokens: 0,
        ephemeral_1h_input_tokens: between(400, 48_000, random()),
      },
      output_tokens: between(200, 7200, random()),
    }
    const answer = message({ content: ANSWER, usage, deltaLength: 60 })
    return slowFirstByte(paced(answer, between(1, 14, random())), between(30, 260, random()))
  }
}

const ANSWER = [
  'Sunlight is scattered by the air, and short waves far more than long ones: by the fourth power of the wave length. ',
  'So the light that reaches us from everywhere but the sun itself is mostly blue. ',
  'At sunset the way through the air is long, the blue is gone on the way, and red is what is left.',
].join('')

/** How much is done in an hour, from 0 to 1; the last day is a full one whenever it is looked at. */
function busyness(atMs: number, daysAgo: number): number {
  const hour = new Date(atMs).getUTCHours()
  const day = new Date(atMs).getUTCDay()
  const ofHour = Math.max(0, Math.sin(((hour - 6) / 14) * Math.PI))
  if (daysAgo === 0) return 0.25 + ofHour * 0.75
  return day === 0 || day === 6 ? ofHour * 0.3 : ofHour
}

interface Weeks {
  readonly gateway: TestGateway
  readonly upstreams: readonly FakeUpstream[]
  readonly clock: PastClock
  /** Of those who ask, the busiest first. */
  readonly secrets: readonly string[]
  readonly random: () => number
}

/** Rarely an upstream is overloaded, at its limit, broken, or the prompt too long. */
function goWrong({ upstreams, random }: Weeks): void {
  const faults = [
    apiError('overloaded'),
    apiError('overloaded'),
    apiError('rate_limited', { headers: { 'retry-after': '900' } }),
    apiError('internal'),
    apiError('prompt_too_long'),
    refusal(),
  ]
  const [fault, upstream] = [faults[Math.floor(random() * faults.length)], random() < 0.7 ? 0 : 1]
  if (fault && random() < 0.16) upstreams[upstream]?.queue(fault)
}

async function askOnce({ gateway, secrets, random }: Weeks, hour: number): Promise<void> {
  const person = Math.floor(random() ** 1.6 * secrets.length)
  const [model = '', project = ''] = [
    MODELS[Math.floor(random() * MODELS.length)],
    PROJECTS[Math.floor(random() * PROJECTS.length)],
  ]
  const talk = String(person * 1000 + Math.floor(hour / 3)).padStart(12, '0')
  const headers = {
    authorization: `Bearer ${secrets[person]}`,
    'user-agent': 'claude-cli/2.1.330 (external, cli)',
    'x-claude-code-session-id': `8d2f61c4-57aa-4be0-9c1d-${talk}`,
    'x-gateway-tag': project,
  }
  await (await gateway.send(messageFor(model, { stream: true }), headers)).text().catch(() => '')
}

/** Ends an hour before now. */
export async function liveThroughWeeks(weeks: Weeks): Promise<void> {
  const { clock, random } = weeks
  const nowMs = Date.now()
  for (let hour = DAYS * 24; hour >= 1; hour--) {
    const atMs = nowMs - hour * HOUR_MS
    const count = Math.round(busyness(atMs, Math.floor(hour / 24)) * MOST_AN_HOUR * (0.5 + random() / 2))
    if (count === 0) continue
    clock.setTo(atMs + Math.round(random() * HOUR_MS * 0.9))
    goWrong(weeks)
    await Promise.all(Array.from({ length: count }, () => askOnce(weeks, hour)))
  }
  clock.comeBack()
}
