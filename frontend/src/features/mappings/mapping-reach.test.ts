/** Where a mapping holds, and which names it takes. */
import { expect, test } from 'vitest'
import { channelsOf, modelsOf, type Rule, rulesOn } from './mapping-reach.ts'

const channels = [
  { id: 1, name: 'first' },
  { id: 2, name: 'second' },
  { id: 3, name: 'third' },
]
const rule = (display_model: string, channel_id: number | null = null): Rule => ({
  channel_id,
  display_model,
  upstream_model: 'upstream',
})
const names = (found: readonly { name: string }[]) => found.map(({ name }) => name)

test('a general mapping holds on every channel but those that replace it', () => {
  const [general, own] = [rule('claude-opus-*'), rule('claude-opus-*', 2)]
  expect(names(channelsOf(general, [general, own], channels))).toEqual(['first', 'third'])
  expect(names(channelsOf(own, [general, own], channels))).toEqual(['second'])
})

test('on a channel its own come first, a name before a pattern, the longest pattern before shorter ones', () => {
  const rules = [rule('*'), rule('claude-*'), rule('claude-opus-4-8'), rule('c*', 1), rule('other', 2)]
  expect(rulesOn(1, rules).map(({ display_model }) => display_model)).toEqual([
    'c*',
    'claude-opus-4-8',
    'claude-*',
    '*',
  ])
})

test('a mapping takes the models that no better one takes on every channel', () => {
  const [wide, narrow, own] = [rule('claude-*'), rule('claude-opus-*'), rule('claude-haiku-4-5', 1)]
  const among = { models: ['claude-opus-4-8', 'claude-haiku-4-5', 'gpt'], channels }
  expect(modelsOf(wide, [wide, narrow, own], among)).toEqual(['claude-haiku-4-5'])
  expect(modelsOf(narrow, [wide, narrow, own], among)).toEqual(['claude-opus-4-8'])
  expect(modelsOf(own, [wide, narrow, own], among)).toEqual(['claude-haiku-4-5'])
  expect(modelsOf(wide, [wide, narrow, own], { ...among, channels: channels.slice(0, 1) })).toEqual([])
})
