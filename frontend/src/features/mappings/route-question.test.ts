/** What the address says of a question about the route. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { questionOf, readWhatIfs, type WhatIf, withEdit, writeWhatIfs } from './route-question.ts'

const whatIf: fc.Arbitrary<WhatIf> = fc
  .record(
    { enabled: fc.boolean(), priority: fc.integer({ min: -999_999_999, max: 999_999_999 }) },
    { requiredKeys: [] },
  )
  .filter((edit) => Object.keys(edit).length > 0)
const whatIfs = fc
  .uniqueArray(fc.tuple(fc.integer({ min: 1, max: 1_000_000 }), whatIf), { selector: ([id]) => id })
  .map((pairs) => new Map(pairs))

test('edits are read from the address as they were written', () => {
  fc.assert(
    fc.property(whatIfs, (edits) => {
      expect(readWhatIfs(writeWhatIfs(edits) ?? null)).toEqual(edits)
    }),
  )
})

test('nothing edited leaves nothing in the address', () => {
  expect(writeWhatIfs(new Map())).toBeUndefined()
  expect(readWhatIfs(null).size).toBe(0)
})

test('what makes no sense is passed over, and the rest counts', () => {
  expect([...readWhatIfs('x,3.off,4,5.maybe,0.on,7.on.20,,8.1e9,9.-5')]).toEqual([
    [3, { enabled: false }],
    [7, { enabled: true, priority: 20 }],
    [9, { priority: -5 }],
  ])
})

test('an edit that is taken back leaves its channel as it is', () => {
  const off = withEdit(new Map(), 3, { enabled: false })
  expect(withEdit(withEdit(off, 3, { priority: 7 }), 3, { priority: undefined })).toEqual(off)
  expect(withEdit(off, 3, { enabled: undefined }).size).toBe(0)
})

test('the question names the model, who asks, and each edited channel', () => {
  const edits = withEdit(new Map(), 3, { enabled: false })
  expect(questionOf({ model: 'claude-sonnet-5', key_id: 2 }, edits)).toEqual({
    model: 'claude-sonnet-5',
    key_id: 2,
    overrides: [{ channel_id: 3, enabled: false }],
  })
})
