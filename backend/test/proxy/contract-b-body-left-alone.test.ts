/** Contract rule B4: nothing in a body is validated, moved, stripped or added beyond what the gateway itself reads. */
import { expect, test } from 'vitest'
import { messageFor } from '../support/gateway.ts'
import { startStand } from '../support/stand.ts'

const { upstream, ask, map } = await startStand()
await map({ display_model: 'house', upstream_model: 'claude-opus-5' })

const ATTRIBUTION = 'x-anthropic-billing-header: cc_version=2.1.330.1a2; cc_entrypoint=cli; cch=00000;'
const cached = { cache_control: { type: 'ephemeral', ttl: '1h' } }

const bodies: Record<string, object> = {
  'the attribution block as the first system entry, behind it cache marks': {
    system: [
      { type: 'text', text: ATTRIBUTION },
      { type: 'text', text: 'You are Claude Code.', ...cached },
    ],
  },
  'a system that is a text': { system: ATTRIBUTION },
  'a system entry within messages': {
    messages: [
      { role: 'user', content: 'Hi' },
      { role: 'system', content: [{ type: 'text', text: 'Reminder', ...cached }] },
      { role: 'assistant', content: 'Yes?' },
    ],
  },
  'roles that nobody knows': { messages: [{ role: 'observer', content: [] }] },
  'no messages, no max_tokens': { messages: undefined, max_tokens: undefined },
  'temperature and top_p together, both at odds': { temperature: 7, top_p: -1, top_k: 'many' },
  'cache marks anywhere': {
    tools: [{ name: 't', input_schema: {}, ...cached }],
    metadata: cached,
    ...cached,
  },
  'fields of next year': { context_management: { edits: [] }, speed: 'fast', betas: ['x'], zzz: [null, {}] },
  'thinking with signatures, empty texts, null blocks': {
    thinking: { type: 'adaptive', display: 'omitted' },
    messages: [
      { role: 'assistant', content: [{ type: 'thinking', thinking: '', signature: 'EqQ=' }, null, ''] },
    ],
  },
  'stream that is no boolean': { stream: 'yes' },
  'stream set to null': { stream: null },
  'metadata of a form of its own': { metadata: { user_id: 17, more: { session_id: 3 } } },
}

test.each(Object.entries(bodies))('B4: left alone: %s', async (_name, fields) => {
  for (const model of ['claude-sonnet-5', 'house']) {
    upstream.reset()
    const body = JSON.stringify(messageFor(model, fields))
    expect((await ask({ body })).status).toBe(200)
    expect(upstream.requests[0]?.body.toString()).toBe(body.replace('"house"', '"claude-opus-5"'))
  }
})

test('B4: a body that is nothing but a model is the upstream’s to judge', async () => {
  await ask({ body: '{"model":"claude-sonnet-5"}' })
  expect(upstream.requests[0]?.body.toString()).toBe('{"model":"claude-sonnet-5"}')
})
