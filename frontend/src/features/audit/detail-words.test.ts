/** What the audit log tells, in the words of the forms, in both languages. */
import { channelChangeSchema } from '@claude-gateway/contract/channel.ts'
import { gatewayKeyChangeSchema } from '@claude-gateway/contract/gateway-key.ts'
import { priceChangeSchema } from '@claude-gateway/contract/price.ts'
import { settingsChangeSchema } from '@claude-gateway/contract/settings.ts'
import { expect, test } from 'vitest'
import { createFormats } from '../../i18n/formats.ts'
import { createI18n, loadAllWords } from '../../i18n/i18n.ts'
import type { Language } from '../../i18n/language.ts'
import { detailName, detailValue, fieldName } from './detail-words.ts'

async function readerOf(language: Language) {
  const i18n = await createI18n(language)
  await loadAllWords(i18n)
  return { t: i18n.t, formats: createFormats(language), channels: new Map([[7, 'Relay']]) }
}

/** There is but one provider, and no field for it. */
const WITHOUT_FIELD = ['provider']

test.each(['en', 'zh-CN'] as const)('every field that can be changed has words, in %s', async (language) => {
  const { t } = await readerOf(language)
  const things = { channel: channelChangeSchema, key: gatewayKeyChangeSchema, price: priceChangeSchema }
  for (const [kind, { shape }] of Object.entries(things)) {
    const raw = Object.keys(shape).filter((field) => fieldName(t, kind, field) === field)
    expect(raw, kind).toEqual(kind === 'channel' ? WITHOUT_FIELD : [])
  }
  const settings = Object.keys(settingsChangeSchema.shape)
  expect(settings.filter((name) => detailName(t, name) === undefined)).toEqual([])
})

test('values are written as people read them, and what is not known stays as it came', async () => {
  const reader = await readerOf('en')
  const value = (kind: string, name: string, told: unknown) => detailValue(reader, kind, [name, told])
  expect(value('channel', 'fields', ['base_url', 'probe_model', 'a_later_field'])).toBe(
    'Base URL, Probes – Model, a_later_field',
  )
  expect(value('key', 'overlap_seconds', 3600)).toBe('1 hour')
  expect(value('key', 'overlap_seconds', 0)).toBe('Not at all')
  expect(value('rule', 'kind', 'out_of_credit')).toBe('Out of credit')
  expect(value('price', 'effectiveFromMs', 0)).toBe('since launch')
  expect([7, 8].map((id) => value('mapping', 'channelId', id))).toEqual(['Relay', '#8'])
  expect(value('', 'old_nano_usd', 1_234_500_000)).toBe('$1.2345')
  expect(value('', 'something', { a: 1 })).toBe('{"a":1}')
  expect(detailName(reader.t, 'something')).toBeUndefined()
})
