/** Rules D2 to D5 as operators extend them: a relay's own wording, read as they say, in what then happens. */
import type { NewOutcomeRule } from '@claude-gateway/contract/outcome-rule.ts'
import { afterEach, expect, test } from 'vitest'
import { apiError } from '../support/fake-upstream/errors.ts'
import { event } from '../support/fake-upstream/event-stream.ts'
import { handmadeStream } from '../support/fake-upstream/messages.ts'
import { rawAnswer } from '../support/fake-upstream/odd-answers.ts'
import { startStand } from '../support/stand.ts'
import { Channels, type LaidChannel } from './channels-of.ts'

const stand = await startStand()
const { gateway, upstream } = stand
const channels = new Channels(stand)

const rules: number[] = []
afterEach(async () => {
  for (const id of rules.splice(0)) await gateway.admin('DELETE', `/api/outcome-rules/${id}`)
})

async function addRule(rule: Partial<NewOutcomeRule> & Pick<NewOutcomeRule, 'kind'>): Promise<number> {
  const body = { name: `rule ${rules.length}`, ...rule }
  const { id } = await gateway.admin<{ id: number }>('POST', '/api/outcome-rules', body)
  rules.push(id)
  return id
}

const SUSPENDED: LaidChannel = {
  priority: 10,
  answer: rawAnswer(400, { 'retry-after': '70' }, '{"error":{"message":"Account SUSPENDED by relay"}}'),
}
const layPair = (faulty: LaidChannel) => channels.lay({ faulty, healthy: { priority: 5 } })

/** What a rule says that the relay's 400 means; where the next request goes; and what the channel's state is then. */
const KINDS: readonly (readonly [NewOutcomeRule['kind'], readonly string[], readonly string[], string])[] = [
  ['credential_refused', ['faulty', 'healthy'], ['healthy'], 'credential_refused'],
  ['out_of_credit', ['faulty', 'healthy'], ['healthy'], 'out_of_credit'],
  ['limited', ['faulty', 'healthy'], ['healthy'], 'limited'],
  ['model_missing', ['faulty', 'healthy'], ['healthy'], 'model_missing'],
  ['overloaded', ['faulty', 'healthy'], ['healthy'], 'overloaded'],
  ['failed', ['faulty', 'healthy'], ['faulty', 'healthy'], 'active'],
  ['request_fault', ['faulty'], ['faulty'], 'active'],
]

for (const [kind, first, next, state] of KINDS) {
  test(`a rule says that a relay’s 400 means ${kind}`, async () => {
    await layPair(SUSPENDED)
    expect(await channels.routeOf()).toEqual(['faulty'])
    await addRule({ kind, status_from: 400, status_to: 400, pattern: 'account suspended' })
    const answer = await channels.send()
    const { attempts } = await channels.explained(answer)
    expect(attempts.map(({ channel_name }) => channel_name)).toEqual(first)
    expect(attempts[0]).toMatchObject({ result: kind, reason: expect.stringContaining('SUSPENDED') })
    expect(answer.status).toBe(kind === 'request_fault' ? 400 : 200)
    expect((await channels.healthOf('faulty')).state).toBe(state)
    expect(await channels.routeOf()).toEqual(next)
  })
}

test('what the answer says of a wait holds for a rule’s limit, too', async () => {
  await layPair(SUSPENDED)
  await addRule({ kind: 'limited', pattern: 'suspended' })
  await channels.send()
  const { until_ms, cooldowns } = await channels.healthOf('faulty')
  expect(Math.abs((until_ms ?? 0) - Date.now() - 70_000)).toBeLessThan(2000)
  expect(cooldowns).toMatchObject([{ is_soft: false, model: 'claude-sonnet-5' }])
})

test('a rule can take an answer out of what is built in: a 403 that is the request’s fault goes back as it is', async () => {
  await layPair({ priority: 10, answer: rawAnswer(403, {}, 'This content is blocked here') })
  await addRule({
    kind: 'request_fault',
    status_from: 403,
    status_to: 403,
    match: 'regex',
    pattern: 'content (is|was) blocked',
  })
  const answer = await channels.send()
  expect([answer.status, answer.text]).toEqual([403, 'This content is blocked here'])
  expect(answer.body).toEqual(upstream.requests[0]?.sent)
  expect(await channels.healthOf('faulty')).toMatchObject({ state: 'active', timeline: [] })
})

test('the first rule that matches decides; those for another status, text or channel, and those switched off, do not', async () => {
  await layPair(SUSPENDED)
  const pattern = 'suspended'
  await addRule({ kind: 'model_missing', pattern, enabled: false })
  await addRule({ kind: 'model_missing', pattern, status_from: 401 })
  await addRule({ kind: 'model_missing', pattern: 'suspended by somebody else' })
  await addRule({ kind: 'model_missing', pattern, channel_id: channels.idOf('healthy') })
  await addRule({ kind: 'out_of_credit', pattern, channel_id: channels.idOf('faulty') })
  await addRule({ kind: 'model_missing', pattern })
  await channels.send()
  expect((await channels.healthOf('faulty')).state).toBe('out_of_credit')
})

test('a rule reads errors that a relay hides under 200, in JSON and as the first event of a stream', async () => {
  await addRule({ kind: 'credential_refused', status_from: 200, status_to: 200, pattern: 'no such tenant' })
  const error = { type: 'error', error: { type: 'relay_error', message: 'No such tenant' } }
  const hidden = [
    rawAnswer(200, { 'content-type': 'application/json' }, JSON.stringify(error)),
    handmadeStream([event('error', error)]),
  ]
  for (const answer of hidden) {
    await layPair({ priority: 10, answer })
    expect(await channels.routeOf({ stream: true })).toEqual(['faulty', 'healthy'])
    expect((await channels.healthOf('faulty')).state).toBe('credential_refused')
  }
})

test('a rule that is changed or deleted holds for the next request', async () => {
  await layPair(SUSPENDED)
  const id = await addRule({ kind: 'failed', pattern: 'suspended' })
  expect(await channels.routeOf()).toEqual(['faulty', 'healthy'])
  await gateway.admin('PUT', `/api/outcome-rules/${id}`, {
    name: 'x',
    kind: 'request_fault',
    pattern: 'suspended',
  })
  expect(await channels.routeOf()).toEqual(['faulty'])
  await gateway.admin('PUT', `/api/outcome-rules/${id}`, { name: 'x', kind: 'limited', pattern: 'suspended' })
  expect(await channels.routeOf()).toEqual(['faulty', 'healthy'])
  await gateway.admin('DELETE', `/api/outcome-rules/${rules.pop()}`)
  await channels.operate('faulty', 'clear')
  expect(await channels.routeOf()).toEqual(['faulty'])
})

test('the test of a rule says what then happens', async () => {
  await layPair({
    priority: 10,
    answer: apiError('invalid_request', { message: 'quota of the day is used up' }),
  })
  const answer = { status: 400, body: '{"error":{"message":"quota of the day is used up"}}' }
  const rule = { name: 'day', kind: 'out_of_credit', pattern: 'quota of the day' } as const
  const test = (question: object) => gateway.admin('POST', '/api/outcome-rules/test', question)
  expect(await test(answer)).toMatchObject({
    kind: 'request_fault',
    tries_next_channel: false,
    by: 'built_in',
  })
  expect(await test({ ...answer, rule })).toMatchObject({
    kind: 'out_of_credit',
    tries_next_channel: true,
    by: 'sent_rule',
  })
  expect(await channels.routeOf()).toEqual(['faulty'])
  const rule_id = await addRule(rule)
  expect(await test(answer)).toMatchObject({ kind: 'out_of_credit', by: 'stored_rule', rule_id })
  expect(await channels.routeOf()).toEqual(['faulty', 'healthy'])
})
