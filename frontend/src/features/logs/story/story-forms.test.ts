/** Bodies as they are shown, and requests as commands. */
import type { RequestLogView } from '@claude-gateway/contract/request-log.ts'
import { expect, test } from 'vitest'
import { readBody } from './body-forms.ts'
import { curlFor } from './curl.ts'

test('a body is JSON, a stream of events, or text', () => {
  expect(readBody('{"a":1}')).toEqual({ kind: 'json', value: { a: 1 } })
  expect(readBody('upstream fell over')).toEqual({ kind: 'text' })
  expect(readBody('{"cut":')).toEqual({ kind: 'text' })
  expect(readBody('event: ping\ndata: {"type":"ping"}\n\n: a comment\n\ndata: [DONE]\n\n')).toEqual({
    kind: 'events',
    events: [
      { name: 'ping', value: { type: 'ping' } },
      { name: 'message', value: '[DONE]' },
    ],
  })
})

const request = {
  endpoint: 'messages',
  requested_model: 'claude-sonnet-5',
  streamed: true,
  session_id: 's-1',
  tags: { 'x-gateway-tag': "Ada's" },
} as unknown as RequestLogView

test('a request as a command names its key by a variable, and quotes what came from outside', () => {
  const command = curlFor(request, 'http://127.0.0.1:8080', null)
  expect(command).toContain(`curl -sS 'http://127.0.0.1:8080/v1/messages'`)
  expect(command).toContain('-H "x-api-key: $GATEWAY_KEY"')
  expect(command).toContain(`-H 'x-gateway-tag: Ada'\\''s'`)
  expect(command).toContain('"model":"claude-sonnet-5"')
  expect(curlFor(request, '', `{"a":"it's"}`)).toContain(`--data-raw '{"a":"it'\\''s"}'`)
})
