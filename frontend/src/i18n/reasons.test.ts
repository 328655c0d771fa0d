/** The gateway's sentences: the closed list of the contract against both catalogues. */

import { isReasonCode, type ReasonCode, valueNamesOf } from '@claude-gateway/contract/reason.ts'
import { inEnglish } from '@claude-gateway/contract/reason-english.ts'
import { REASONS } from '@claude-gateway/contract/reasons.ts'
import { expect, test } from 'vitest'
import { en } from './en.ts'
import { zhCn } from './zh-cn.ts'

const codes = Object.keys(REASONS).filter(isReasonCode)

test.each([
  ['English', en.reasons],
  ['Chinese', zhCn.reasons],
])('every reason of the closed list is said in %s, and nothing else', (_, said) => {
  expect(Object.keys(said).sort()).toEqual([...codes].sort())
})

test('each says every value that the gateway gives with it', () => {
  const silent = codes.filter((code) =>
    valueNamesOf(code).some((name) => !zhCn.reasons[code].includes(`{{${name}}}`)),
  )
  expect(silent).toEqual([])
})

test('each is said in English with all of its values in place', () => {
  const values = (code: ReasonCode) =>
    Object.fromEntries(valueNamesOf(code).map((name) => [name, name === 'zone' ? 'UTC' : 0]))
  const unsaid = codes.filter((code) =>
    /\{\{|\}\}|NaN|undefined/.test(inEnglish({ code, values: values(code) })),
  )
  expect(unsaid).toEqual([])
})
