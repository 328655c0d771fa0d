import { describe, expect, test } from 'vitest'
import { type ModelMapping, mappingTable, upstreamModel } from './model-mapping.ts'

let nextId = 1
const mapping = (channelId: number | null, displayModel: string, target: string): ModelMapping => ({
  id: nextId++,
  channelId,
  displayModel,
  upstreamModel: target,
  createdAtMs: 0,
  updatedAtMs: 0,
})

describe('B8: which name a model has upstream', () => {
  const table = mappingTable([
    mapping(null, 'claude-*', 'general-prefix'),
    mapping(null, 'claude-sonnet-*', 'general-longer'),
    mapping(null, 'claude-sonnet-5', 'general-exact'),
    mapping(1, 'claude-s*', 'own-prefix'),
    mapping(1, 'claude-haiku-4-5', 'own-exact'),
    mapping(2, 'claude-opus-5', 'glm-5[1m]'),
    mapping(3, '*', 'everything'),
  ])

  test.each([
    [9, 'claude-sonnet-5', 'general-exact', 'exact before pattern'],
    [9, 'claude-sonnet-5-5', 'general-longer', 'the longest pattern wins'],
    [9, 'claude-opus-5', 'general-prefix', 'a shorter pattern otherwise'],
    [9, 'gpt-6', 'gpt-6', 'no mapping: the name itself'],
    [1, 'claude-sonnet-5', 'own-prefix', 'the channel’s own pattern before a general exact name'],
    [1, 'claude-haiku-4-5', 'own-exact', 'the channel’s own exact name'],
    [1, 'claude-opus-5', 'general-prefix', 'the general one where the channel has none'],
    [9, 'claude-sonnet-5[1m]', 'general-exact', 'the window hint is stripped for the look-up'],
    [9, 'gpt-6[1m]', 'gpt-6', 'and not sent upstream'],
    [2, 'claude-opus-5', 'glm-5[1m]', 'unless the target carries it'],
    [3, '', 'everything', 'a lone star covers everything'],
  ])('channel %i, %s → %s: %s', (channel, asked, target) => {
    expect(upstreamModel(table, channel, asked)).toBe(target)
  })

  test('a target is never looked up again', () => {
    const chained = mappingTable([mapping(null, 'a', 'b'), mapping(null, 'b', 'c')])
    expect(upstreamModel(chained, 1, 'a')).toBe('b')
  })
})
