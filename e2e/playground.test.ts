/** The playground in a real browser. */
import { expect, test } from 'vitest'
import { message } from '../backend/test/support/fake-upstream/messages.ts'
import { button, consoleSuite } from './support/console-suite.ts'

const suite = consoleSuite()

/** Whole journeys, on a machine that may have much else to do. */
const SLOW = { timeout: 90_000 }

test(
  'a key is made for a day, a message goes to the chosen channel, and what it took and cost is told',
  SLOW,
  async () => {
    await suite.gateway.addChannel({ name: 'First', base_url: suite.upstream.url, priority: 10 })
    await suite.gateway.addChannel({ name: 'Second', base_url: suite.upstream.url, priority: 5 })
    const { page, faults } = await suite.operatorsPage()
    await page.goto('/playground')
    expect(await button(page, 'Send').isDisabled()).toBe(true)
    await button(page, 'Make one for a day').click()
    await expect.poll(() => page.getByLabel('Gateway key').inputValue()).toMatch(/^gk-/)
    const secret = await page.getByLabel('Gateway key').inputValue()
    await page.getByLabel('Message').fill('Why is the sky blue?')
    await page.getByRole('combobox', { name: 'Channel' }).click()
    await page.getByTitle('Second').click()
    const content = [
      { type: 'thinking', thinking: 'Rayleigh, I think.', signature: 'abc' },
      { type: 'text', text: 'Because it **scatters**.' },
      { type: 'tool_use', id: 'toolu_1', name: 'get_weather', input: { city: 'Oslo' } },
    ]
    suite.upstream.queue(message({ content, stopReason: 'tool_use' }))
    await page.getByLabel('Message').press('Control+Enter')
    const answer = page.getByRole('region', { name: 'Answer' })
    await answer.getByText('Because it **scatters**.').waitFor()
    await answer.getByText('Rayleigh, I think.').waitFor()
    await answer.getByText('Calls the tool get_weather').waitFor()
    await answer.getByText('"city": "Oslo"').waitFor()
    await answer.getByText('Second', { exact: true }).waitFor()
    await answer.getByText(/\$0\.\d{6}/).waitFor()
    expect(await page.evaluate('JSON.stringify([localStorage, sessionStorage])')).not.toContain(secret)
    await answer.getByRole('link', { name: 'Look at it in the log' }).click()
    await page.getByRole('heading', { name: 'Requests', level: 1 }).waitFor()
    expect(faults).toEqual([])
  },
)

test('what is refused says why, and what was typed stays', SLOW, async () => {
  await suite.gateway.addChannel({ name: 'First', base_url: suite.upstream.url })
  const { page } = await suite.operatorsPage()
  await page.goto('/playground')
  await page.getByLabel('Gateway key').fill('gk-not-one-of-ours')
  await page.getByLabel('Message').fill('Why is the sky blue?')
  await button(page, 'Send').click()
  await page.getByText('This gateway does not know the key that was sent.').waitFor()
  await page.getByText('401 · authentication_error').waitFor()
  await page.reload()
  await expect.poll(() => page.getByLabel('Message').inputValue()).toBe('Why is the sky blue?')
  expect(await page.getByLabel('Gateway key').inputValue()).toBe('')
})
