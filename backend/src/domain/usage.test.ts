import { describe, expect, test } from 'vitest'
import { emptyUsage, textFloor } from './usage.ts'

describe('C8: a stream that ends before its final counts is billed at least for the text already sent', () => {
  const known = { ...emptyUsage(), inputTokens: 500, outputTokens: 3 }

  test.each([
    [0, 3],
    [11, 3],
    [12, 3],
    [13, 4],
    [4000, 1000],
    [4001, 1001],
  ])('%i characters make at least %i output tokens', (characters, outputTokens) => {
    expect(textFloor(known, characters)).toEqual({ ...known, outputTokens, estimated: true })
  })

  test('a higher count that the upstream told stays', () => {
    expect(textFloor({ ...known, outputTokens: 900 }, 400).outputTokens).toBe(900)
  })
})
