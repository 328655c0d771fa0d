import { describe, expect, test } from 'vitest'
import { judgeAnswer } from './outcome.ts'
import { compileRules, type OutcomeRule } from './outcome-rule.ts'

const ruleOf = (fields: Partial<OutcomeRule>): OutcomeRule => ({
  id: 1,
  name: 'a rule',
  enabled: true,
  channelId: null,
  statusFrom: 400,
  statusTo: 599,
  match: 'text',
  pattern: '',
  kind: 'limited',
  createdAtMs: 0,
  updatedAtMs: 0,
  ...fields,
})

const matches = (fields: Partial<OutcomeRule>, body: string, status = 400, channelId: number | null = 1) =>
  compileRules([ruleOf(fields)]).some((rule) => rule.matches(channelId, status, body))

describe('an operator’s rule', () => {
  test.each([
    ['a text is found whatever its case', { pattern: 'Quota Exceeded' }, '{"msg":"QUOTA exceeded!"}', true],
    ['a text is no expression', { pattern: 'a.c' }, 'abc', false],
    ['an expression is found whatever its case', { match: 'regex', pattern: 'quota_\\d+' }, 'QUOTA_7', true],
    ['an expression that is not there', { match: 'regex', pattern: '^quota$' }, 'my quota', false],
    ['an empty text is in every body', { pattern: '' }, '', true],
    ['an empty expression too', { match: 'regex', pattern: '' }, 'x', true],
    ['a switched-off rule matches nothing', { enabled: false }, 'x', false],
    ['what stands far behind is not searched', { pattern: 'needle' }, `${' '.repeat(20_000)}needle`, false],
  ] as const)('%s', (_, fields, body, isFound) => {
    expect(matches(fields, body)).toBe(isFound)
  })

  test.each([
    [399, false],
    [400, true],
    [450, true],
    [451, false],
  ])('status %i within 400 to 450: %s', (status, isIn) => {
    expect(matches({ statusTo: 450 }, 'x', status)).toBe(isIn)
  })

  test('holds for its channel, or for all; of a channel that is not stored only what holds for all', () => {
    expect(matches({ channelId: 1 }, 'x', 400, 1)).toBe(true)
    expect(matches({ channelId: 1 }, 'x', 400, 2)).toBe(false)
    expect(matches({ channelId: 1 }, 'x', 400, null)).toBe(false)
    expect(matches({}, 'x', 400, null)).toBe(true)
  })

  test('keeps no place in the text from one answer to the next', () => {
    const [rule] = compileRules([ruleOf({ match: 'regex', pattern: 'busy' })])
    expect([1, 2, 3].map(() => rule?.matches(1, 400, 'busy'))).toEqual([true, true, true])
  })
})

describe('rules and what is built in', () => {
  const judge = (rules: readonly OutcomeRule[], status: number, body: string) =>
    judgeAnswer(
      { status, body, header: () => undefined },
      { nowMs: 0, rules: compileRules(rules), channelId: 1 },
    ).kind

  test('the first rule that matches decides, before what is built in', () => {
    const rules = [
      ruleOf({ pattern: 'no such text', kind: 'failed' }),
      ruleOf({ pattern: 'busy', kind: 'overloaded' }),
      ruleOf({ pattern: 'busy', kind: 'credential_refused' }),
    ]
    expect(judge(rules, 400, 'we are busy')).toBe('overloaded')
    expect(judge(rules, 400, 'your prompt is too long')).toBe('request_fault')
  })

  test('a rule can make a failure of the channel the client’s fault, and the other way round', () => {
    expect(judge([ruleOf({ pattern: 'content policy', kind: 'request_fault' })], 403, 'content policy')).toBe(
      'request_fault',
    )
    expect(judge([ruleOf({ pattern: 'no channel', kind: 'failed' })], 400, 'no channel for you')).toBe(
      'failed',
    )
  })
})
