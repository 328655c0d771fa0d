/** Operators' rules for failed answers over the admin API. */
import type { OutcomeRuleView } from '@claude-gateway/contract/outcome-rule.ts'
import { expect, test } from 'vitest'
import { type AdminServer, startAdmin } from './admin-server.ts'

const fields = { name: 'Sold out', kind: 'out_of_credit', pattern: 'sold out' }

const create = async (admin: AdminServer, more: object = {}): Promise<OutcomeRuleView> =>
  (await admin.call<OutcomeRuleView>('POST', '/api/outcome-rules', { body: { ...fields, ...more } })).body

async function addChannel(admin: AdminServer): Promise<number> {
  const body = { name: 'Main', base_url: 'https://api.example.com', api_key: 'sk-ant' }
  return (await admin.call<{ id: number }>('POST', '/api/channels', { body })).body.id
}

interface Judged {
  kind: string
  reason: string
  tries_next_channel: boolean
  rule_id: number | null
  by: string
  until_ms: number | null
}

const judge = async (admin: AdminServer, body: object): Promise<Judged> => {
  const answer = await admin.call<Judged>('POST', '/api/outcome-rules/test', { body })
  expect(answer.status).toBe(200)
  return answer.body
}

test('a rule is added with 201 and defaults, listed in order, replaced whole, and deleted with 204', async () => {
  const admin = await startAdmin()
  const channel_id = await addChannel(admin)
  const { status, body } = await admin.call<OutcomeRuleView>('POST', '/api/outcome-rules', {
    body: { ...fields, channel_id },
  })
  expect(status).toBe(201)
  expect(body).toMatchObject({
    ...fields,
    channel_id,
    enabled: true,
    status_from: 400,
    status_to: 599,
    match: 'text',
  })
  const second = await create(admin, { name: 'Second' })
  const replaced = await admin.call<OutcomeRuleView>('PUT', `/api/outcome-rules/${body.id}`, {
    body: { name: 'First', kind: 'limited', status_from: 429 },
  })
  expect(replaced.status).toBe(200)
  expect(replaced.body).toMatchObject({
    id: body.id,
    kind: 'limited',
    pattern: '',
    channel_id: null,
    status_from: 429,
  })
  const list = await admin.call<{ data: OutcomeRuleView[]; next_cursor: null }>('GET', '/api/outcome-rules')
  expect([list.status, list.body.data.map(({ name }) => name)]).toEqual([200, ['First', 'Second']])
  const removed = await admin.call('DELETE', `/api/outcome-rules/${second.id}`)
  expect([removed.status, removed.text]).toEqual([204, ''])
  // The channel counts as one.
  expect(admin.reloads()).toBe(5)
})

test('what is wrong with a rule is named at once: expressions that do not compile or run away, ranges, channels', async () => {
  const admin = await startAdmin()
  const faultsOf = async (more: object) => {
    const { status, body } = await admin.call('POST', '/api/outcome-rules', { body: { ...fields, ...more } })
    expect([status, body.error.code]).toEqual([400, 'validation_failed'])
    return body.error.fields
  }
  expect(await faultsOf({ match: 'regex', pattern: '(' })).toEqual({
    pattern: 'must be a regular expression',
  })
  expect(await faultsOf({ match: 'regex', pattern: '(a+)+$' })).toEqual({
    pattern: 'must not repeat a repetition, such as (a+)+',
  })
  expect(await faultsOf({ status_from: 500, status_to: 400 })).toEqual({
    status_to: 'must not be below status_from',
  })
  expect(await faultsOf({ channel_id: 99 })).toEqual({ channel_id: 'no channel has this id' })
  expect(Object.keys((await faultsOf({ name: '', kind: 'fine', status_from: 100 })) ?? {})).toEqual([
    'name',
    'status_from',
    'kind',
  ])
  expect(admin.reloads()).toBe(0)
})

test('replacing or deleting a rule that is not there answers 404, and a replacement for no channel 400', async () => {
  const admin = await startAdmin()
  const { id } = await create(admin)
  for (const [method, sent] of [
    ['PUT', { body: fields }],
    ['DELETE', {}],
  ] as const) {
    const { status, body } = await admin.call(method, `/api/outcome-rules/${id + 1}`, sent)
    expect([status, body.error.message]).toEqual([404, `There is no outcome rule ${id + 1}.`])
  }
  const wrong = await admin.call('PUT', `/api/outcome-rules/${id}`, { body: { ...fields, channel_id: 99 } })
  expect([wrong.status, wrong.body.error.fields]).toEqual([400, { channel_id: 'no channel has this id' }])
  expect(admin.reloads()).toBe(1)
})

test('each change is noted with who did it and to what', async () => {
  const admin = await startAdmin()
  const { id } = await create(admin)
  await admin.call('PUT', `/api/outcome-rules/${id}`, { body: fields })
  await admin.call('DELETE', `/api/outcome-rules/${id}`)
  expect(admin.log.map(({ event, fields: noted }) => [event, noted['ruleId'], noted['by']])).toEqual([
    ['outcome rule created', id, '(token)'],
    ['outcome rule changed', id, '(token)'],
    ['outcome rule deleted', id, '(token)'],
  ])
})

test('without a rule an answer is taken for what is built in, with the end of the wait that it asks for', async () => {
  const admin = await startAdmin()
  const limited = { status: 429, headers: { 'Retry-After': '7.0005' }, body: '{"error":{"message":"slow"}}' }
  expect(await judge(admin, limited)).toMatchObject({
    kind: 'limited',
    tries_next_channel: true,
    rule_id: null,
    by: 'built_in',
    until_ms: admin.clock.nowMs + 7001,
  })
  expect(await judge(admin, { status: 400, body: 'nonsense' })).toMatchObject({
    kind: 'request_fault',
    reason: 'refused the request itself: 400 nonsense',
    tries_next_channel: false,
    until_ms: null,
  })
})

test('a stored rule decides before what is built in; the first that matches; one that is off does not', async () => {
  const admin = await startAdmin()
  const answer = { status: 400, body: 'We are SOLD OUT today' }
  const off = await create(admin, { enabled: false, kind: 'failed' })
  const first = await create(admin)
  await create(admin, { kind: 'overloaded' })
  expect(await judge(admin, answer)).toMatchObject({
    kind: 'out_of_credit',
    tries_next_channel: true,
    by: 'stored_rule',
    rule_id: first.id,
    until_ms: admin.clock.nowMs + 30 * 60_000,
  })
  expect(await judge(admin, { ...answer, status: 399 })).toMatchObject({ by: 'built_in' })
  await admin.call('PUT', `/api/outcome-rules/${off.id}`, { body: { ...fields, kind: 'failed' } })
  expect(await judge(admin, answer)).toMatchObject({ kind: 'failed', rule_id: off.id })
})

test('a rule of one channel speaks of that channel’s answers alone', async () => {
  const admin = await startAdmin()
  const channel_id = await addChannel(admin)
  const rule = await create(admin, { channel_id })
  const answer = { status: 400, body: 'sold out' }
  expect(await judge(admin, { ...answer, channel_id })).toMatchObject({ by: 'stored_rule', rule_id: rule.id })
  expect(await judge(admin, { ...answer, channel_id: channel_id + 1 })).toMatchObject({ by: 'built_in' })
  expect(await judge(admin, answer)).toMatchObject({ by: 'built_in' })
})

test('a rule that is not stored is tried after the stored ones, on an answer of its channel, and is not kept', async () => {
  const admin = await startAdmin()
  const channel_id = await addChannel(admin)
  const rule = { name: 'New', kind: 'overloaded', match: 'regex', pattern: 'q[uw]eue \\d+', channel_id }
  expect(await judge(admin, { status: 400, body: 'Queue 17 is full', rule })).toMatchObject({
    kind: 'overloaded',
    by: 'sent_rule',
    rule_id: null,
    until_ms: admin.clock.nowMs + 15_000,
  })
  const stored = await create(admin, { pattern: 'full' })
  expect(await judge(admin, { status: 400, body: 'Queue 17 is full', rule })).toMatchObject({
    by: 'stored_rule',
    rule_id: stored.id,
  })
  const list = await admin.call<{ data: OutcomeRuleView[] }>('GET', '/api/outcome-rules')
  expect(list.body.data.map(({ id }) => id)).toEqual([stored.id])
})

test('a test of what is no answer, or of no rule, answers 400', async () => {
  const admin = await startAdmin()
  const { status, body } = await admin.call('POST', '/api/outcome-rules/test', {
    body: {
      status: 99,
      headers: { a: 1 },
      rule: { name: 'x', kind: 'limited', match: 'regex', pattern: '[' },
    },
  })
  expect([status, Object.keys(body.error.fields ?? {})]).toEqual([
    400,
    ['status', 'headers.a', 'rule.pattern'],
  ])
})
