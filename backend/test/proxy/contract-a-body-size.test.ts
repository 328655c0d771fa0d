/** Contract rule A8: bodies up to 32 MiB, and 413 above that, however the body is framed. */
import { connect } from 'node:net'
import { expect, test } from 'vitest'
import { chunked, type RawQuestion } from '../support/raw-http.ts'
import { startStand } from '../support/stand.ts'

const LIMIT = 32 * 1024 * 1024
const { gateway, upstream, ask } = await startStand()
const key: [string, string] = ['authorization', `Bearer ${gateway.key}`]

/** A valid message request of exactly so many bytes. */
function bodyOf(bytes: number): Buffer {
  const [before, after] = [
    '{"model":"claude-sonnet-5","max_tokens":1,"messages":[{"role":"user","content":"',
    '"}]}',
  ]
  return Buffer.concat([
    Buffer.from(before),
    Buffer.alloc(bytes - before.length - after.length, 'a'),
    Buffer.from(after),
  ])
}

function expectTooLarge({ status, headers, text }: Awaited<ReturnType<typeof ask>>): void {
  expect(status).toBe(413)
  expect(headers['x-should-retry']).toBe('false')
  expect(JSON.parse(text)).toMatchObject({
    type: 'error',
    error: { type: 'request_too_large', message: expect.stringContaining('32 MiB') },
    request_id: headers['request-id'],
  })
  expect(upstream.received).toBe(0)
}

const framings: Record<string, (body: Buffer) => RawQuestion> = {
  announced: (body) => ({ body, headers: [key] }),
  chunked: (body) => ({ body: chunked(body, 60_000), headers: [key, ['transfer-encoding', 'chunked']] }),
}

for (const [framing, questionOf] of Object.entries(framings)) {
  for (const target of ['/v1/messages', '/v1/messages/count_tokens']) {
    test(`A8: exactly 32 MiB, ${framing}, pass on ${target} byte for byte`, async () => {
      const body = bodyOf(LIMIT)
      expect((await ask({ ...questionOf(body), target })).status).toBe(200)
      expect(upstream.requests[0]?.body.equals(body)).toBe(true)
    })

    test(`A8: one byte more, ${framing}, is 413 request_too_large on ${target}`, async () => {
      expectTooLarge(await ask({ ...questionOf(bodyOf(LIMIT + 1)), target }))
    })
  }
}

test('A8: a body that is announced as too large is refused before any of it has come', async () => {
  for (const length of [LIMIT + 1, 2 ** 40, Number.MAX_SAFE_INTEGER]) {
    expectTooLarge(await ask({ headers: [key, ['content-length', String(length)]], body: '' }))
  }
})

test('A8: a body that never ends is refused at the limit, and its connection ends', async () => {
  const socket = connect(Number(new URL(gateway.url).port), '127.0.0.1')
  const ended = new Promise<string>((resolve) => {
    let text = ''
    socket.on('data', (chunk) => {
      text += chunk
    })
    socket.on('error', () => resolve(text))
    socket.on('close', () => resolve(text))
  })
  socket.write(
    `POST /v1/messages HTTP/1.1\r\nhost: x\r\n${key.join(': ')}\r\ntransfer-encoding: chunked\r\n\r\n`,
  )
  const chunk = Buffer.concat([Buffer.from('100000\r\n'), Buffer.alloc(2 ** 20, 'a'), Buffer.from('\r\n')])
  const send = () => {
    while (!socket.destroyed && socket.write(chunk));
  }
  socket.on('drain', send)
  send()
  expect(await ended).toMatch(/^HTTP\/1\.1 413 /)
  expect(upstream.received).toBe(0)
})

test('A8: expect: 100-continue gets its 100, and the body passes without the header', async () => {
  const body = bodyOf(100_000)
  const answer = await ask({ body, headers: [key, ['expect', '100-continue']], waitsForContinue: true })
  expect(answer.status).toBe(200)
  expect(answer.informational).toEqual([100])
  expect(upstream.requests[0]?.body.equals(body)).toBe(true)
  expect(upstream.requests[0]?.headers.expect).toBeUndefined()
})

test('A8: a body that is too large is refused instead of asked for', async () => {
  const headers = [key, ['expect', '100-continue'], ['content-length', String(LIMIT + 1)]] as const
  const answer = await ask({ headers, body: '', waitsForContinue: true })
  expectTooLarge(answer)
  expect(answer.informational).toEqual([])
})

test('A8: an expectation that nobody knows is no reason to refuse', async () => {
  const body = bodyOf(1000)
  expect((await ask({ body, headers: [key, ['expect', 'a-miracle']] })).status).toBe(200)
})

test('A8: after a refusal the gateway goes on serving', async () => {
  expect((await ask({ body: bodyOf(1000), headers: [key] })).status).toBe(200)
})
