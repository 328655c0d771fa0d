/** The official SDKs as clients: what they offer works through the gateway as it does with Anthropic. */
import type { ClientOptions } from '@anthropic-ai/sdk'
import { describe, expect, test } from 'vitest'
import { text, thinking, toolUse } from '../support/fake-upstream/content-blocks.ts'
import { message } from '../support/fake-upstream/messages.ts'
import { tokenCount } from '../support/fake-upstream/other-endpoints.ts'
import { dripped } from '../support/fake-upstream/timing.ts'
import { startStand } from '../support/stand.ts'
import { questionTo, sdks } from './sdks.ts'

const { gateway, upstream, map } = await startStand()
await map({ display_model: 'house', upstream_model: 'claude-opus-5' })

const WEATHER = {
  name: 'weather',
  description: 'Tells the weather',
  input_schema: { type: 'object' as const, properties: { city: { type: 'string' } } },
}
const OTHER_KEY = 'sk-ant-api03-somebody-elses'
const CALL = toolUse('weather', { city: 'Zürich', days: [1, 2] }, 'toolu_01A')

describe.each(sdks)('%s', (_name, sdk, wire) => {
  const client = new sdk.Anthropic({ baseURL: gateway.url, authToken: gateway.key, apiKey: null })

  test('creates a message', async () => {
    upstream.answer(message({ content: [thinking('Hm.'), text('Good day')], usage: { output_tokens: 7 } }))
    const answer = await client.messages.create(questionTo('house'))
    expect(answer).toMatchObject({ type: 'message', model: 'house', stop_reason: 'end_turn' })
    expect(answer.content.map(({ type }) => type)).toEqual(['thinking', 'text'])
    expect(answer.usage.output_tokens).toBe(7)
    expect(answer._request_id).toBe(upstream.requests[0]?.requestId)
    expect(upstream.requests[0]?.json).toEqual({ ...questionTo('claude-opus-5') })
  })

  test('streams a message, event by event and as a whole', async () => {
    upstream.answer(dripped(message({ content: [thinking('Hm.'), text('Grüezi, 漢字 😀')] }), [3, 50]))
    const types: string[] = []
    const stream = await client.messages.create({ ...questionTo('house'), stream: true })
    for await (const event of stream) types.push(event.type)
    expect(types).toEqual(expect.arrayContaining(['message_start', 'content_block_delta', 'message_stop']))
    const { content, model } = await client.messages.stream(questionTo('house')).finalMessage()
    expect(model).toBe('house')
    expect(content).toMatchObject([
      { type: 'thinking', thinking: 'Hm.', signature: expect.any(String) },
      { type: 'text', text: 'Grüezi, 漢字 😀' },
    ])
  })

  test.each([true, false])('uses a tool and sends its result back (stream: %s)', async (stream) => {
    const question = { ...questionTo('house'), tools: [WEATHER] }
    const ask = (more: object) => {
      const body = { ...question, ...more }
      return stream ? client.messages.stream(body).finalMessage() : client.messages.create(body)
    }
    upstream.queue(message({ content: [text('Let me see.'), CALL] }), message({ content: 'It rains.' }))
    const call = await ask({})
    expect(call.stop_reason).toBe('tool_use')
    expect(call.content[1]).toMatchObject(CALL)
    const result = { type: 'tool_result', tool_use_id: 'toolu_01A', content: 'rain' }
    const messages = [
      ...question.messages,
      { role: 'assistant', content: call.content },
      { role: 'user', content: [result] },
    ]
    expect((await ask({ messages })).content[0]).toMatchObject({ type: 'text', text: 'It rains.' })
    expect(upstream.requests[1]?.json.messages).toMatchObject([
      {},
      { content: [{}, CALL] },
      { content: [result] },
    ])
  })

  test('runs tools by itself, over the beta endpoint', async () => {
    upstream.queue(message({ content: [CALL] }), message({ content: 'It rains.' }))
    const run = async ({ city }: { city?: string }) => `rain in ${city}`
    const tool = {
      ...WEATHER,
      type: 'custom' as const,
      run,
      parse: (input: unknown) => input as { city?: string },
    }
    const runner = client.beta.messages.toolRunner({
      ...questionTo('house'),
      tools: [tool],
      betas: ['a-2026-01-01'],
    })
    const answer = await runner
    expect(answer.content[0]).toMatchObject({ type: 'text', text: 'It rains.' })
    expect(JSON.stringify(upstream.requests[1]?.json)).toContain('rain in Zürich')
    for (const { path, headers } of upstream.requests) {
      expect(path).toBe(wire.betaPath)
      expect(headers['anthropic-beta']).toContain('a-2026-01-01')
    }
  })

  test('counts tokens', async () => {
    upstream.answer(tokenCount(4711))
    const { max_tokens: _none, ...question } = questionTo('house')
    expect(await client.messages.countTokens(question)).toMatchObject({ input_tokens: 4711 })
    expect(upstream.requests[0]).toMatchObject({ path: '/v1/messages/count_tokens', model: 'claude-opus-5' })
  })

  test('lists models, page after page, and retrieves each', async () => {
    const ids: string[] = []
    for await (const { id, type } of client.models.list({ limit: 4 })) {
      expect(type).toBe('model')
      ids.push(id)
    }
    expect(ids.length).toBeGreaterThan(8)
    expect(new Set(ids).size).toBe(ids.length)
    const whole = await client.models.list({ limit: 1000 })
    expect(whole.data.map(({ id }) => id)).toEqual(ids)
    for (const id of ids) expect(await client.models.retrieve(id)).toMatchObject({ id, type: 'model' })
  })

  const signIns: Record<string, ClientOptions> = {
    'an API key': { apiKey: gateway.key, authToken: null },
    'an auth token': { authToken: gateway.key, apiKey: null },
    'two different keys': {
      authToken: gateway.key,
      apiKey: null,
      defaultHeaders: { 'x-api-key': OTHER_KEY },
    },
    'two keys the other way round': {
      authToken: OTHER_KEY,
      apiKey: null,
      defaultHeaders: { 'x-api-key': gateway.key },
    },
    'the same key twice': {
      authToken: gateway.key,
      apiKey: null,
      defaultHeaders: { 'x-api-key': gateway.key },
    },
  }
  test.each(Object.entries(signIns))('signs in with %s, and none goes further', async (_words, options) => {
    const signedIn = new sdk.Anthropic({ baseURL: gateway.url, ...options })
    await signedIn.messages.create(questionTo('claude-sonnet-5'))
    await signedIn.models.list()
    expect(upstream.requests[0]?.headers).toMatchObject({ 'x-api-key': 'sk-ant-api03-upstream-secret' })
    expect(upstream.requests[0]?.rawHeaders.join()).not.toMatch(new RegExp(`${gateway.key}|${OTHER_KEY}`))
  })

  test.each(['/v1', '/v1/', '/anthropic', '/api', '/'])(
    'works with a base URL that ends in %s',
    async (path) => {
      const there = new sdk.Anthropic({ baseURL: gateway.url + path, authToken: gateway.key, apiKey: null })
      await there.messages.create(questionTo('claude-sonnet-5'))
      expect((await there.models.list({ limit: 1 })).data).toHaveLength(1)
      expect(upstream.requests.map((request) => request.path)).toEqual(['/v1/messages'])
    },
  )

  test('says who it is: its own headers arrive', async () => {
    await client.messages.create(questionTo('claude-sonnet-5'))
    expect(upstream.requests[0]?.headers).toMatchObject({
      'anthropic-version': wire.apiVersion,
      'user-agent': expect.stringMatching(/^Anthropic\/JS/),
      'x-stainless-lang': 'js',
      'x-stainless-retry-count': '0',
    })
  })
})
