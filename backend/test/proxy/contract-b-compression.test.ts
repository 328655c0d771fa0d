/** Contract rule B7: no compression is asked for; where an upstream compresses all the same, its bytes go on and are read. */
import { brotliDecompressSync, gunzipSync, inflateSync, zstdDecompressSync } from 'node:zlib'
import type { RequestLogView } from '@claude-gateway/contract/request-log.ts'
import { describe, expect, test } from 'vitest'
import { message } from '../support/fake-upstream/messages.ts'
import { compressed } from '../support/fake-upstream/rewriting.ts'
import { dripped } from '../support/fake-upstream/timing.ts'
import { messageFor } from '../support/gateway.ts'
import { startStand } from '../support/stand.ts'

const { upstream, gateway, ask, map } = await startStand()
await map({ display_model: 'house', upstream_model: 'claude-opus-5' })

const decoders = {
  gzip: gunzipSync,
  br: brotliDecompressSync,
  deflate: inflateSync,
  zstd: zstdDecompressSync,
}
const encodings = Object.keys(decoders) as (keyof typeof decoders)[]
const USAGE = { input_tokens: 321, output_tokens: 45, cache_read_input_tokens: 6789 }
const answer = message({ content: 'a text of some length, '.repeat(200), usage: USAGE })
const streaming = [false, true]

async function rowOf(headers: Readonly<Record<string, string>>): Promise<RequestLogView> {
  const path = `/api/stats/logs?request_id=${headers['x-gateway-request-id']}`
  const read = () => gateway.admin<{ data: RequestLogView[] }>('GET', path)
  await expect.poll(async () => (await read()).data.length).toBe(1)
  return (await read()).data[0] as RequestLogView
}

describe('B7: the upstream is asked for identity, whatever the client takes', () => {
  test.each(['', 'gzip, deflate, br, zstd', 'identity;q=0, *'])('accept-encoding: %s', async (wanted) => {
    const key = ['authorization', `Bearer ${gateway.key}`] as const
    const headers = wanted === '' ? [key] : [key, ['accept-encoding', wanted] as const]
    await ask({ body: JSON.stringify(messageFor('claude-sonnet-5')), headers })
    const raw = upstream.requests[0]?.rawHeaders ?? []
    const found = raw.filter((_, at) => raw[at - (at % 2)]?.toLowerCase() === 'accept-encoding')
    expect(found).toEqual(['accept-encoding', 'identity'])
  })
})

for (const stream of streaming) {
  describe(stream ? 'B7: a compressed stream' : 'B7: a compressed message', () => {
    const body = JSON.stringify(messageFor('claude-sonnet-5', { stream }))

    test.each(encodings)('in %s passes byte for byte, and its usage is read', async (encoding) => {
      upstream.answer(compressed(answer, encoding))
      const got = await ask({ body })
      expect(got.status).toBe(200)
      expect(got.headers['content-encoding']).toBe(encoding)
      expect(got.body.equals(upstream.requests[0]?.sent ?? Buffer.alloc(0))).toBe(true)
      expect(decoders[encoding](got.body).toString()).toContain('a text of some length')
      const row = await rowOf(got.headers)
      expect(row).toMatchObject({ outcome: 'completed', stop_reason: 'end_turn', streamed: stream })
      expect(row.usage).toMatchObject({ input_tokens: 321, output_tokens: 45, cache_read_tokens: 6789 })
      expect(row.cost_nano_usd).toBeGreaterThan(0)
    })

    test('passes in whatever chunks it came', async () => {
      upstream.answer(dripped(compressed(answer, 'gzip'), [1, 7, 2, 31]))
      const got = await ask({ body })
      expect(got.body.equals(upstream.requests[0]?.sent ?? Buffer.alloc(0))).toBe(true)
      expect((await rowOf(got.headers)).usage).toMatchObject({ input_tokens: 321, output_tokens: 45 })
    })
  })
}

test.each(encodings)(
  'B7, B9: a message in %s is sent plain where its model’s name has to be changed',
  async (encoding) => {
    upstream.answer(compressed(answer, encoding))
    const got = await ask({ body: JSON.stringify(messageFor('house')) })
    expect(got.headers['content-encoding']).toBeUndefined()
    const plain = decoders[encoding](upstream.requests[0]?.sent ?? Buffer.alloc(0)).toString()
    expect(got.text).toBe(plain.replace('"model":"claude-opus-5"', '"model":"house"'))
  },
)
