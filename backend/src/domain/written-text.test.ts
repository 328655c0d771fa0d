import { describe, expect, test } from 'vitest'
import { writtenCharacters, writtenCharactersIn } from './written-text.ts'

describe('C8: what a model has written', () => {
  test.each([
    ['text', { type: 'text_delta', text: 'Hello' }, 5],
    ['text that takes more bytes than characters', { type: 'text_delta', text: '长江 "é"\n' }, 7],
    ['thinking', { type: 'thinking_delta', thinking: 'Hm, hm.' }, 7],
    ['a piece of a tool’s input', { type: 'input_json_delta', partial_json: '{"a":' }, 5],
    ['a summary', { type: 'compaction_delta', content: 'In short.', encrypted_content: 'xxxx' }, 9],
    ['a signature', { type: 'signature_delta', signature: 'EqQBCkgI' }, 0],
    ['a citation', { type: 'citations_delta', citation: { cited_text: 'Not mine.' } }, 0],
    ['a thought with its signature', { type: 'thinking', thinking: 'Hm.', signature: 'EqQBCkgI' }, 3],
    ['a tool’s whole input', { type: 'tool_use', name: 'look', input: { at: 'it' } }, 11],
    ['the result of a tool', { type: 'web_search_tool_result', content: [{ title: 'A page' }] }, 0],
    ['nothing', undefined, 0],
    ['null', null, 0],
    ['what is no text', { text: 7, thinking: null, input: 'x' }, 0],
  ])('%s', (_, part, characters) => {
    expect(writtenCharacters(part)).toBe(characters)
  })

  test('in all blocks of a message', () => {
    expect(writtenCharactersIn([{ text: 'One' }, null, { thinking: 'Two' }])).toBe(6)
    expect(writtenCharactersIn('One')).toBe(0)
  })
})
