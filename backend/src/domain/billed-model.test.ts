import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { billedModel } from './billed-model.ts'

describe('E3: the name that a Claude model is billed by', () => {
  test.each([
    // As Anthropic writes it.
    ['claude-sonnet-5', 'claude-sonnet-5'],
    ['claude-sonnet-5-5', 'claude-sonnet-5-5'],
    ['claude-opus-4-5-20251101', 'claude-opus-4-5-20251101'],
    ['claude-3-7-sonnet-latest', 'claude-3-7-sonnet-latest'],
    // A client's window hint, rule B8.
    ['claude-sonnet-5[1m]', 'claude-sonnet-5'],
    ['anthropic/claude-opus-4.8[1m]', 'claude-opus-4-8'],
    // Behind a vendor.
    ['anthropic/claude-sonnet-4-5', 'claude-sonnet-4-5'],
    ['openrouter/anthropic/claude-sonnet-4-5', 'claude-sonnet-4-5'],
    ['vertex_ai/claude-opus-4-1@20250805', 'claude-opus-4-1-20250805'],
    ['publishers/anthropic/models/claude-opus-5', 'claude-opus-5'],
    // Bedrock: region, vendor, version; profiles and ARNs.
    ['anthropic.claude-opus-5', 'claude-opus-5'],
    ['us.anthropic.claude-sonnet-4-5-20250929-v1:0', 'claude-sonnet-4-5-20250929'],
    ['us-gov.anthropic.claude-3-7-sonnet-20250219-v1:0', 'claude-3-7-sonnet-20250219'],
    ['global.anthropic.claude-opus-4-6-v1', 'claude-opus-4-6'],
    ['anthropic.claude-3-5-sonnet-20241022-v2:0', 'claude-3-5-sonnet-20241022'],
    ['anthropic.claude-3-5-haiku-20241022-v1:0:200k', 'claude-3-5-haiku-20241022'],
    ['bedrock/eu.anthropic.claude-haiku-4-5-20251001-v1:0', 'claude-haiku-4-5-20251001'],
    [
      'arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.anthropic.claude-sonnet-4-20250514-v1:0',
      'claude-sonnet-4-20250514',
    ],
    // Vertex.
    ['claude-sonnet-4-5@20250929', 'claude-sonnet-4-5-20250929'],
    ['claude-3-5-sonnet-v2@20241022', 'claude-3-5-sonnet-20241022'],
    ['claude-opus-5@default', 'claude-opus-5'],
    // OpenRouter and other relays.
    ['anthropic/claude-sonnet-4.5', 'claude-sonnet-4-5'],
    ['anthropic/claude-3.7-sonnet:thinking', 'claude-3-7-sonnet'],
    ['anthropic/claude-3.5-haiku:beta', 'claude-3-5-haiku'],
    ['claude-opus-4-5-20251101-thinking', 'claude-opus-4-5-20251101'],
    ['Claude-Sonnet-5', 'claude-sonnet-5'],
    [' claude-sonnet-5 ', 'claude-sonnet-5'],
  ])('%s is %s', (name, billed) => {
    expect(billedModel(name)).toBe(billed)
  })

  test.each([
    ['glm-4.6'],
    ['deepseek/deepseek-v3.1:free'],
    ['my-claude-sonnet-5'],
    ['not-anthropic.claude-sonnet-5.'],
    ['anthropic/glm-4-v1'],
    ['claude-'],
    ['claude'],
    [''],
    ['Qwen3-Coder@latest'],
  ])('%s is left as it is', (name) => {
    expect(billedModel(name)).toBe(name)
  })

  test('another vendor’s name loses only its window hint', () => {
    expect(billedModel('Qwen3-Coder[1m]')).toBe('Qwen3-Coder')
  })

  test('a name of any length is answered at once', () => {
    const long = `claude-${':a'.repeat(1_000_000)}!`
    expect(billedModel(long)).toBe(long)
  })

  test('every id comes back from behind every vendor and before every suffix', () => {
    const id = fc.constantFrom(
      ...['claude-sonnet-5', 'claude-sonnet-5-5', 'claude-opus-4-5-20251101', 'claude-3-5-sonnet-20241022'],
      ...['claude-haiku-4-5', 'claude-mythos-5-1'],
    )
    const before = fc.constantFrom('', 'anthropic/', 'us.anthropic.', 'bedrock/global.anthropic.', 'a/b/')
    const after = fc.constantFrom(
      '',
      '-v1',
      '-v2:0',
      ':beta',
      '-thinking',
      '@default',
      ':free[1m]',
      '-v1:0[1m]',
    )
    fc.assert(
      fc.property(id, before, after, (name, prefix, suffix) => {
        expect(billedModel(`${prefix}${name}${suffix}`)).toBe(name)
      }),
    )
  })
})
