/** The fault matrix, second part: answers whose status says what went wrong. Rules C3, D2, D5 and D7. */
import { describe, test } from 'vitest'
import { apiError } from '../support/fake-upstream/errors.ts'
import { htmlPage } from '../support/fake-upstream/odd-answers.ts'
import { startStand } from '../support/stand.ts'
import { after, cellsOf, type ExpectedCooldown, expectCell, type Fault, runCell } from './fault-matrix.ts'
import type { Stop } from './lay-route.ts'

const stand = await startStand()

const MINUTE = 60_000
const DAY = 1440 * MINUTE
/** In three days at midnight, as a spend limit tells it. */
const regainMs = Math.ceil(Date.now() / DAY + 3) * DAY
const REGAIN = `You have reached your specified API usage limits. You will regain access on ${new Date(regainMs).toISOString().slice(0, 10)} at 00:00 UTC.`

/** What Anthropic itself says of a retry goes back as it is (C2); an edge or a relay says nothing. */
const saying = (shouldRetry?: 'true' | 'false') => ({ headers: { 'x-should-retry': shouldRetry } })

const failed = (stop: Stop, status: number, shouldRetry?: 'true' | 'false'): Fault => ({
  stop,
  alone: { passed: status, ...saying(shouldRetry) },
  movesOn: true,
  result: ['failed', new RegExp(`^failed: ${status}`)],
  cooldown: null,
  failures: 1,
})
const faultOfTheRequest = (stop: Stop, status: number, shouldRetry?: 'false'): Fault => ({
  stop,
  alone: { passed: status, ...saying(shouldRetry) },
  movesOn: false,
  result: ['request_fault', new RegExp(`^refused the request itself: ${status}`)],
  cooldown: null,
  failures: 0,
})
const overloaded = (stop: Stop, status: number, waitSeconds?: number): Fault => ({
  stop,
  alone: { passed: status, headers: { 'x-should-retry': 'true', 'retry-after': waitSeconds?.toString() } },
  movesOn: true,
  result: ['overloaded', new RegExp(`^is overloaded: ${status}`)],
  cooldown: { kind: 'overloaded', until: after((waitSeconds ?? 15) * 1000), scope: 'channel', isSoft: true },
  failures: 0,
})
const ofTheAccount = (
  stop: Stop,
  kind: 'credential_refused' | 'out_of_credit',
  { reason, until = after(30 * MINUTE) }: { reason: RegExp; until?: ExpectedCooldown['until'] },
): Fault => ({
  stop,
  alone: { own: 'channel_credentials_refused' },
  movesOn: true,
  result: [kind, reason],
  cooldown: { kind, until, scope: 'channel', isSoft: false },
  failures: 0,
})

const MODEL_MISSING: ExpectedCooldown = {
  kind: 'model_missing',
  until: after(720 * MINUTE),
  scope: 'model',
  isSoft: false,
}

const FAULTS: Record<string, Fault> = {
  '400 of the request': faultOfTheRequest(apiError('invalid_request'), 400, 'false'),
  '400 for a prompt that is too long': faultOfTheRequest(apiError('prompt_too_long'), 400, 'false'),
  '400 out of credit': ofTheAccount(apiError('credit_balance_too_low'), 'out_of_credit', {
    reason: /400 .*credit balance/,
  }),
  '400 over the usage limit until a day': ofTheAccount(
    apiError('usage_limit_reached', { message: REGAIN }),
    'out_of_credit',
    {
      reason: /400 .*usage limits/,
      until: () => regainMs,
    },
  ),
  '400 over a spend limit by its code': ofTheAccount(
    apiError('invalid_request', { message: 'contract_spend_limit_reached' }),
    'out_of_credit',
    {
      reason: /contract_spend_limit_reached/,
    },
  ),
  '429 over a spend limit by its code': ofTheAccount(
    apiError('rate_limited', { message: 'enforced_spend_limit_reached' }),
    'out_of_credit',
    {
      reason: /enforced_spend_limit_reached/,
    },
  ),
  '401': ofTheAccount(apiError('authentication'), 'credential_refused', {
    reason: /401 .*invalid x-api-key/,
  }),
  '402': ofTheAccount(apiError('billing'), 'out_of_credit', { reason: /402 .*billing/ }),
  '403': ofTheAccount(apiError('permission'), 'credential_refused', { reason: /403 .*permission/ }),
  '404 for the model': {
    ...failed(apiError('model_not_found'), 404, 'false'),
    result: ['model_missing', /404 .*claude-sonnet-5/],
    cooldown: MODEL_MISSING,
    failures: 0,
  },
  '404 of a wrong address': failed(htmlPage(404), 404),
  '408': failed(apiError('timeout'), 408, 'true'),
  '413': faultOfTheRequest(apiError('request_too_large'), 413),
  '500': failed(apiError('internal'), 500, 'true'),
  '502 as an HTML page': failed(htmlPage(502), 502),
  '503': overloaded(apiError('unavailable'), 503),
  '503 with a retry-after': overloaded(
    apiError('unavailable', { headers: { 'retry-after': '50' } }),
    503,
    50,
  ),
  '504': failed(apiError('gateway_timeout'), 504, 'true'),
  '529': overloaded(apiError('overloaded'), 529),
}

for (const [name, fault] of Object.entries(FAULTS)) {
  describe(name, () => {
    for (const [cellName, cell] of cellsOf(fault)) {
      test(cellName, async () => expectCell(cell, await runCell(stand, cell)))
    }
  })
}
