/** The steps of a channel's test, told from its one answer. */
import type { ChannelTestResult } from '@claude-gateway/contract/channel.ts'
import { expect, test } from 'vitest'
import { testSteps } from './channel-test-steps.ts'

const ends = (result: Pick<ChannelTestResult, 'ok' | 'status'>) =>
  testSteps({
    message: '',
    message_parts: { code: 'test_passed', values: {} },
    url: 'https://relay.example/v1/messages',
    model: 'claude-haiku-4-5',
    latency_ms: 1,
    upstream_body: null,
    upstream_request_id: null,
    ...result,
  }).map(({ end }) => end)

test.each([
  ['an answer', { ok: true, status: 200 }, ['done', 'done', 'done', 'done']],
  ['no connection', { ok: false, status: null }, ['done', 'failed', 'open', 'open']],
  ['a refused key', { ok: false, status: 401 }, ['done', 'done', 'failed', 'open']],
  ['a limit, which only who is let in has', { ok: false, status: 429 }, ['done', 'done', 'done', 'failed']],
  [
    'a broken upstream, which tells nothing of the key',
    { ok: false, status: 502 },
    ['done', 'done', 'open', 'failed'],
  ],
  ['a web page under status 200', { ok: false, status: 200 }, ['done', 'done', 'open', 'failed']],
])('%s', (_, result, expected) => {
  expect(ends(result)).toEqual(expected)
})
