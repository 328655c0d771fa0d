/** What holds on every page: language and theme, narrow screens, the keyboard, a gateway that is away. */
import { expect, test } from 'vitest'
import { messageFor } from '../backend/test/support/gateway.ts'
import { button, consoleSuite } from './support/console-suite.ts'

const suite = consoleSuite()

test('theme and language are chosen without a reload, and kept', async () => {
  const { page, faults } = await suite.operatorsPage()
  await page.goto('/channels')
  await button(page, 'Preferences: ada').click()
  await page.getByRole('menuitem', { name: '简体中文' }).click()
  await page.getByRole('heading', { name: '渠道', level: 1 }).waitFor()
  await button(page, '偏好设置: ada').click()
  await page.getByRole('menuitem', { name: '深色' }).click()
  await page.reload()
  await page.getByRole('heading', { name: '三步发出第一个请求' }).waitFor()
  const root = page.locator('html')
  expect(await root.getAttribute('lang')).toBe('zh-CN')
  expect(await root.evaluate((element) => element.style.colorScheme)).toBe('dark')
  expect(faults).toEqual([])
})

test('on a telephone nothing sticks out, and every page can be reached', async () => {
  await suite.gateway.addChannel({
    base_url: `${suite.upstream.url}/a/rather/long/prefix/that/some/relays/have`,
    models: ['claude-*'],
  })
  await suite.gateway.admin('POST', '/api/mappings', {
    display_model: 'claude-opus-*',
    upstream_model: 'claude-opus-4-8',
  })
  await (await suite.gateway.send(messageFor('claude-sonnet-5'))).text()
  const { page } = await suite.operatorsPage({ width: 390, height: 844 })
  await page.goto('/')
  for (const name of ['Mappings', 'Keys', 'Requests', 'Channels']) {
    await page.getByRole('link', { name, exact: true }).click()
    await page.getByRole('heading', { name, level: 1 }).waitFor()
    await page.waitForLoadState('networkidle').catch(() => {})
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390)
  }
})

test('the keyboard alone is enough to add a key', async () => {
  const { page } = await suite.operatorsPage()
  await page.goto('/keys')
  await button(page, 'plus Create key').waitFor()
  await page.keyboard.press('Tab')
  expect(await page.evaluate('document.activeElement?.textContent')).toBe('Skip to the content')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await page.getByLabel('Name').waitFor()
  await page.keyboard.type('By hand')
  await page.keyboard.press('Enter')
  await page.getByText('By hand is ready').waitFor()
})

test('a gateway that stops is noticed, and so is its return', async () => {
  const { page } = await suite.operatorsPage()
  await page.goto('/channels')
  await page.getByRole('heading', { name: 'Three steps to the first request' }).waitFor()
  await page.route('**/api/**', (route) => route.abort())
  await page.getByText(/The gateway does not answer\. What you see is from/).waitFor({ timeout: 15_000 })
  await page.unroute('**/api/**')
  await page.getByText(/The gateway does not answer/).waitFor({ state: 'hidden', timeout: 15_000 })
})
