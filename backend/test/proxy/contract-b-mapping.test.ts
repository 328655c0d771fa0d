/** Contract rule B8: a mapping is looked up from the model that the client asked for, afresh for every attempt. */
import type { RequestLogView } from '@claude-gateway/contract/request-log.ts'
import { expect, test } from 'vitest'
import { apiError } from '../support/fake-upstream/errors.ts'
import { messageFor } from '../support/gateway.ts'
import { startStand } from '../support/stand.ts'

const { gateway, upstream, channelId, addUpstream, map } = await startStand({ priority: 30 })
const second = await addUpstream({ priority: 20 })
const third = await addUpstream({ priority: 10 })

async function askedFor(model: string): Promise<string | undefined> {
  upstream.reset()
  expect((await gateway.send(messageFor(model))).status).toBe(200)
  return upstream.requests[0]?.model
}

/** Names given by several mappings at once, the channel's own, exact ones and patterns. */
await map({ display_model: 'claude-house', upstream_model: 'general-exact' })
await map({ display_model: 'claude-house-*', upstream_model: 'general-pattern' })
await map({ channel_id: channelId, display_model: 'claude-*', upstream_model: 'own-short-pattern' })
await map({ channel_id: channelId, display_model: 'claude-house-*', upstream_model: 'own-long-pattern' })
await map({ channel_id: channelId, display_model: 'claude-house-x', upstream_model: 'own-exact' })
await map({ display_model: 'wide', upstream_model: 'claude-wide[1m]' })
await map({ display_model: 'narrow[1m]', upstream_model: 'claude-narrow' })
await map({ display_model: 'chained', upstream_model: 'claude-house' })

test.each([
  ['claude-house-x', 'own-exact'],
  ['claude-house-y', 'own-long-pattern'],
  ['claude-house', 'own-short-pattern'],
  ['claude-sonnet-5', 'own-short-pattern'],
])(
  'B8: the channel’s own mapping first, exact before pattern, the longest first: %s is %s',
  async (asked, sent) => {
    expect(await askedFor(asked)).toBe(sent)
  },
)

test.each([
  ['claude-sonnet-5[1m]', 'own-short-pattern'],
  ['claude-house-x[1m]', 'own-exact'],
  ['wide', 'claude-wide[1m]'],
  ['wide[1m]', 'claude-wide[1m]'],
  ['narrow', 'claude-narrow'],
  ['narrow[1m]', 'claude-narrow'],
  ['other-model[1m]', 'other-model'],
  ['other-model[1M]', 'other-model[1M]'],
  ['other[1m]-model', 'other[1m]-model'],
])(
  'B8: a window hint is a client’s own, and goes on only where the target has it: %s is %s',
  async (asked, sent) => {
    expect(await askedFor(asked)).toBe(sent)
  },
)

test('B8: what a mapping gives is not mapped again', async () => {
  expect(await askedFor('chained')).toBe('claude-house')
})

test('B8: a mapping that is changed holds for the next request, one that is deleted no longer does', async () => {
  const { id } = await gateway.admin<{ id: number }>('POST', '/api/mappings', {
    channel_id: channelId,
    display_model: 'other-model',
    upstream_model: 'first-target',
  })
  expect(await askedFor('other-model')).toBe('first-target')
  await gateway.admin('PUT', `/api/mappings/${id}`, { upstream_model: 'second-target' })
  expect(await askedFor('other-model')).toBe('second-target')
  await gateway.admin('DELETE', `/api/mappings/${id}`)
  expect(await askedFor('other-model')).toBe('other-model')
})

test('B8: a mapping holds for count_tokens, too', async () => {
  await gateway.send(messageFor('claude-house-x[1m]'), {}, '/v1/messages/count_tokens')
  expect(upstream.requests[0]?.model).toBe('own-exact')
})

test('B8: every attempt looks the asked name up anew, never that of the attempt before, and the log tells', async () => {
  upstream.answer(apiError('internal'))
  second.upstream.answer(apiError('internal'))
  expect((await gateway.send(messageFor('claude-house-x[1m]'))).status).toBe(200)
  const wanted = ['own-exact', 'general-pattern', 'general-pattern']
  expect([upstream, second.upstream, third.upstream].map(({ requests }) => requests[0]?.model)).toEqual(
    wanted,
  )
  const path = `/api/stats/logs?model=${encodeURIComponent('claude-house-x[1m]')}&limit=1`
  const read = async () => (await gateway.admin<{ data: RequestLogView[] }>('GET', path)).data[0]
  await expect.poll(async () => (await read())?.attempts.length).toBe(3)
  const row = await read()
  expect(row).toMatchObject({ requested_model: 'claude-house-x[1m]', upstream_model: 'general-pattern' })
  expect(row?.attempts.map(({ upstream_model }) => upstream_model)).toEqual(wanted)
})
