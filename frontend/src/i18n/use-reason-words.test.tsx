/** The gateway's sentences as a reader gets them: values in place, in the reader's formats, or the gateway's own text. */
import { type Reason, reason } from '@claude-gateway/contract/reason.ts'
import { renderToStaticMarkup } from 'react-dom/server'
import { I18nextProvider } from 'react-i18next'
import { expect, test } from 'vitest'
import { createI18n, loadAllWords } from './i18n.ts'
import type { Language } from './language.ts'
import { useReasonWords } from './use-reason-words.ts'

function Said({ parts, text }: { parts: Reason | null; text: string }) {
  return useReasonWords()(parts, text)
}

async function said(
  language: Language,
  parts: Reason | null,
  text = 'as the gateway said it',
): Promise<string> {
  const i18n = await createI18n(language)
  await loadAllWords(i18n)
  return renderToStaticMarkup(
    <I18nextProvider i18n={i18n}>
      <Said parts={parts} text={text} />
    </I18nextProvider>,
  )
}

const upstream = reason('upstream_said', { status: 429, said: 'slow down, {{status}}.' })
const limited = reason('because', { what: reason('limited'), why: upstream })

test('an upstream’s own words stay as they came, whatever stands in them', async () => {
  expect(await said('zh-CN', limited)).toBe('触发速率限制：429 slow down, {{status}}.')
  expect(await said('en', limited)).toBe('is rate limited: 429 slow down, {{status}}.')
})

test('a sentence ends with one full stop', async () => {
  const told = reason('told_attempt', { place: 1, channel: 'Relay', duration_ms: 1250, what: limited })
  expect(await said('zh-CN', told)).toMatch(/slow down, \{\{status\}\}\.$/)
})

test('figures and times are written as the reader’s language does, a reset in its own zone', async () => {
  expect(await said('zh-CN', reason('told_rewritten', { tokens: 45_678 }))).toContain('45,678 个 Token')
  const spent = reason('error_budget_resets', {
    resets_at_ms: Date.UTC(2026, 7, 8),
    zone: 'Asia/Tokyo',
    whose: reason('budget_of_team'),
    period: reason('budget_week'),
    limit_nano_usd: 10_000_000_000,
  })
  expect(await said('zh-CN', spent)).toMatch(
    /8月8日.*09:00（Asia\/Tokyo）重置 · 团队的每周预算 \$10\.00 已用尽/,
  )
})

test('a row of before, and a reason that this console does not know, are told in the gateway’s own words', async () => {
  expect(await said('zh-CN', null)).toBe('as the gateway said it')
  const later = { code: 'because', values: { what: { code: 'a_later_code', values: {} }, why: '' } }
  expect(await said('zh-CN', later as unknown as Reason)).toBe('as the gateway said it')
})
