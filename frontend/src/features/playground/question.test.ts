/** What the playground sends. */
import { expect, test } from 'vitest'
import { ANY_CHANNEL, bodyOf, EXAMPLE_TOOL, FIRST_QUESTION, headersOf, readTools } from './question.ts'

const bodyFor = (change: object) => JSON.parse(bodyOf({ ...FIRST_QUESTION, text: 'Hello', ...change }))

test('what is left empty is not sent', () => {
  expect(bodyFor({ system: '  ' })).toEqual({
    model: 'claude-sonnet-5',
    max_tokens: 1024,
    stream: true,
    messages: [{ role: 'user', content: 'Hello' }],
  })
})

test('thinking comes on top of the tokens of the answer', () => {
  expect(bodyFor({ thinking_tokens: 2000 })).toMatchObject({
    max_tokens: 3024,
    thinking: { type: 'enabled', budget_tokens: 2000 },
  })
})

test('tools are a list in JSON or nothing', () => {
  expect(readTools(EXAMPLE_TOOL)).toHaveLength(1)
  expect(readTools('  ')).toEqual([])
  expect(readTools('{"name":"x"}')).toBeUndefined()
  expect(readTools('[')).toBeUndefined()
  expect(bodyFor({ tools: EXAMPLE_TOOL }).tools).toHaveLength(1)
})

test('a channel is named only where one is chosen', () => {
  expect(headersOf('gk-1', ANY_CHANNEL)).not.toHaveProperty('x-gateway-channel')
  expect(headersOf('gk-1', 3)).toMatchObject({ authorization: 'Bearer gk-1', 'x-gateway-channel': '3' })
})
