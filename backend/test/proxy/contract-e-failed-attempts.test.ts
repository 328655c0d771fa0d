/** What attempts cost that failed after their upstream had reported something. Contract rules C8 and E4. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { errorEvent } from '../support/fake-upstream/errors.ts'
import { type FakeUpstream, startFakeUpstream } from '../support/fake-upstream/fake-upstream.ts'
import { handmadeStream, streamedMessage } from '../support/fake-upstream/messages.ts'
import { brokenOff } from '../support/fake-upstream/rewriting.ts'
import { pausedAfter } from '../support/fake-upstream/timing.ts'
import { messageFor, startGateway, type TestGateway } from '../support/gateway.ts'

let gateway: TestGateway
let first: FakeUpstream
let second: FakeUpstream
let firstId: number
const USAGE = { input_tokens: 1000, output_tokens: 200 }

beforeAll(async () => {
  first = await startFakeUpstream()
  second = await startFakeUpstream()
  gateway = await startGateway({ limits: { settleMs: 60_000 } })
  firstId = await gateway.addChannel({ base_url: first.url, priority: 10 })
  await gateway.addChannel({ base_url: second.url, priority: 5 })
})

afterAll(async () => {
  await gateway.close()
  await Promise.all([first.close(), second.close()])
})

test('E4: an attempt that failed after message_start costs what it had reported, beside the answer', async () => {
  first.answer(brokenOff(streamedMessage({ usage: USAGE }), 1, 'overloaded'))
  second.answer(streamedMessage({ usage: USAGE }))
  const response = await gateway.send(messageFor('claude-sonnet-5', { stream: true }))
  expect(response.status).toBe(200)
  await response.text()
  const [row] = await gateway.logs(1)
  expect(row?.attempts.map(({ result }) => result)).toEqual(['overloaded', 'ok'])
  expect(row?.usage.input_tokens).toBe(2000)
  const lines = row?.price?.lines ?? []
  expect(lines.filter(({ kind }) => kind === 'input')).toHaveLength(2)
  expect(lines.reduce((sum, line) => sum + line.amount_nano_usd, 0)).toBe(row?.cost_nano_usd)
})

test('E4: an attempt that failed before it reported anything costs nothing', async () => {
  await gateway.admin('PUT', `/api/channels/${firstId}/clear`)
  first.answer(handmadeStream([errorEvent('overloaded')]))
  const response = await gateway.send(messageFor('claude-sonnet-5', { stream: true }))
  await response.text()
  const [row] = await gateway.logs(2)
  expect(row?.attempts.map(({ result }) => result)).toEqual(['overloaded', 'ok'])
  expect(row?.usage.input_tokens).toBe(1000)
})

test('C8: a client that leaves while the stream is held is charged what is known, as an estimate', async () => {
  second.answer(pausedAfter(streamedMessage({ usage: USAGE }), 1, 30_000))
  const leaving = new AbortController()
  const asked = fetch(`${gateway.url}/v1/messages`, {
    method: 'POST',
    headers: { authorization: `Bearer ${gateway.key}`, 'content-type': 'application/json' },
    body: JSON.stringify(messageFor('claude-sonnet-5', { stream: true })),
    signal: leaving.signal,
  })
  setTimeout(() => leaving.abort(), 300)
  await expect(asked).rejects.toThrow()
  const [row] = await gateway.logs(3)
  expect(row).toMatchObject({ outcome: 'client_gone', cost_estimated: true, usage: { input_tokens: 1000 } })
})
