/** The live request log of a running gateway, read over a real socket. */
import type { LiveRequests } from '@claude-gateway/contract/request-log.ts'
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest'
import { type FakeUpstream, startFakeUpstream } from '../support/fake-upstream/fake-upstream.ts'
import { ADMIN_TOKEN, messageFor, startGateway, type TestGateway } from '../support/gateway.ts'

let gateway: TestGateway
let upstream: FakeUpstream
beforeEach(async () => {
  ;[gateway, upstream] = await Promise.all([startGateway(), startFakeUpstream()])
  await gateway.addChannel({ base_url: upstream.url })
})
afterEach(() => Promise.all([gateway.close(), upstream.close()]))

const BY_TOKEN = { authorization: `Bearer ${ADMIN_TOKEN}` }

/** Begins to follow the log; resolves when the gateway listens for new entries. */
async function follow(query = '', headers: Record<string, string> = BY_TOKEN) {
  const leave = new AbortController()
  onTestFinished(() => leave.abort())
  const response = await fetch(`${gateway.url}/api/stats/logs/live${query}`, {
    headers,
    signal: leave.signal,
  })
  const reader = (response.body as ReadableStream<Uint8Array>)
    .pipeThrough(new TextDecoderStream())
    .getReader()
  let text = (await reader.read()).value ?? ''
  return {
    response,
    /** The requests of the next event; null at the end. */
    async next(): Promise<LiveRequests | null> {
      while (true) {
        const found = /event: requests\ndata: (.*)\n\n/.exec(text)
        if (found?.[1]) {
          text = text.slice(found.index + found[0].length)
          return JSON.parse(found[1])
        }
        const { done, value } = await reader.read()
        if (done) return null
        text += value
      }
    },
  }
}

const ask = async (model: string) => (await gateway.send(messageFor(model))).text()

test('a request is told of when it is written, in the form of the log', async () => {
  const live = await follow()
  expect(live.response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
  expect(live.response.headers.get('x-accel-buffering')).toBe('no')
  expect(live.response.headers.get('content-disposition')).toBeNull()
  await ask('claude-sonnet-5')
  const told = await live.next()
  expect(told).toEqual({ data: await gateway.logs(1), skipped: false })
})

test('only what the filter asks for is told', async () => {
  const live = await follow('?model=claude-haiku-4-5')
  await ask('claude-sonnet-5')
  await ask('claude-haiku-4-5')
  expect((await live.next())?.data.map(({ requested_model }) => requested_model)).toEqual([
    'claude-haiku-4-5',
  ])
})

test('a caller who was away gets what came since the entry it has', async () => {
  await ask('claude-sonnet-5')
  await ask('claude-haiku-4-5')
  const [newest, older] = await gateway.logs(2)
  const live = await follow(`?after=${older?.id}`)
  expect((await live.next())?.data).toEqual([newest])
})

test('it ends at sign-out: nothing that is written afterwards is told', async () => {
  const setup = await fetch(`${gateway.url}/api/auth/setup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      token: new URL(gateway.app.setupUrl ?? '').searchParams.get('token'),
      username: 'ada',
      password: 'a long enough password',
    }),
  })
  const cookie = (setup.headers.get('set-cookie') ?? '').split(';', 1)[0] ?? ''
  const live = await follow('', { cookie })
  await ask('claude-sonnet-5')
  expect((await live.next())?.data).toHaveLength(1)
  const out = await fetch(`${gateway.url}/api/auth/logout`, {
    method: 'POST',
    headers: { cookie, origin: gateway.url, 'content-type': 'application/json' },
    body: '{}',
  })
  expect(out.ok).toBe(true)
  await ask('claude-haiku-4-5')
  expect(await live.next()).toBeNull()
})

test('a stop of the gateway ends it at once, instead of waiting for it', async () => {
  const live = await follow()
  await gateway.close()
  expect(await live.next()).toBeNull()
  expect(gateway.events.filter(({ event }) => event.includes('cut off'))).toEqual([])
})
