/** What holds on every page: language and theme, narrow screens, the keyboard, a gateway that is away. */
import type { Locator, Page } from 'playwright-core'
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
  await page.getByRole('heading', { name: '渠道', level: 1 }).waitFor()
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
  const more = button(page, 'More')
  for (const name of ['Mappings', 'Keys', 'Sessions', 'Requests', 'First steps', 'Channels', 'Dashboard']) {
    const link = page.getByRole('link', { name, exact: true })
    await more.waitFor()
    if ((await link.count()) === 0) await more.click()
    await link.click()
    await page.getByRole('heading', { name, level: 1 }).waitFor()
    await page.waitForLoadState('networkidle').catch(() => {})
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390)
  }
})

/** Tab by Tab, as somebody without a mouse gets there; it fails when a page's worth of them leads nowhere. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < 20; presses++) {
    await page.keyboard.press('Tab')
    if ((await target.and(page.locator(':focus')).count()) > 0) return
  }
  throw new Error(`The keyboard does not get to ${target}.`)
}

test('the keyboard alone is enough to add a key', async () => {
  const { page } = await suite.operatorsPage()
  await page.goto('/keys')
  const create = button(page, 'plus Create key')
  await create.waitFor()
  await page.keyboard.press('Tab')
  expect(await page.evaluate('document.activeElement?.textContent')).toBe('Skip to the content')
  await page.keyboard.press('Enter')
  await tabTo(page, create)
  await page.keyboard.press('Enter')
  await page.getByLabel('Name').and(page.locator(':focus')).waitFor()
  await page.keyboard.type('By hand')
  await page.keyboard.press('Enter')
  await page.getByText('By hand is ready').waitFor()
})

test('the palette finds a page, a thing by its name, and an action', async () => {
  await suite.gateway.addChannel({ name: 'Relay in Frankfurt', base_url: suite.upstream.url })
  const { page, faults } = await suite.operatorsPage()
  await page.goto('/keys')
  await page.getByRole('heading', { name: 'Keys' }).waitFor()
  const find = async (words: string, line: RegExp) => {
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox', { name: 'Search or go to' }).fill(words)
    await page.getByRole('option', { name: line, selected: true }).waitFor()
    await page.keyboard.press('Enter')
  }
  await find('mapp', /Mappings/)
  await page.getByRole('heading', { name: 'Mappings' }).waitFor()
  await find('frankf', /Relay in Frankfurt/)
  await page.getByRole('heading', { name: 'Relay in Frankfurt', level: 1 }).waitFor()
  await find('create', /Create a key/)
  await page.getByRole('dialog', { name: 'Create key' }).waitFor()
  expect(faults).toEqual([])
})

test('the palette makes a price and an operator, tries a message, and changes the language', async () => {
  const { page, faults } = await suite.operatorsPage()
  await page.goto('/keys')
  await page.getByRole('heading', { name: 'Keys' }).waitFor()
  const act = async (words: string) => {
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox', { name: 'Search or go to' }).fill(words)
    await page.keyboard.press('Enter')
  }
  await act('add price')
  await page.getByRole('dialog', { name: 'Add price' }).waitFor()
  await page.keyboard.press('Escape')
  await act('add operator')
  await page.getByRole('dialog', { name: 'Add operator' }).waitFor()
  await page.keyboard.press('Escape')
  await act('try')
  await page.getByRole('heading', { name: 'Playground' }).waitFor()
  await act('简体')
  await page.getByRole('heading', { name: '试用台' }).waitFor()
  expect(faults).toEqual([])
})

test('g and a letter go to a page, / to its search, ? tells which; but not while somebody types', async () => {
  const { page } = await suite.operatorsPage()
  await page.goto('/keys')
  await page.getByRole('heading', { name: 'Keys' }).waitFor()
  await page.keyboard.type('gm')
  await page.getByRole('heading', { name: 'Mappings' }).waitFor()
  await page.keyboard.press('/')
  expect(await page.evaluate('document.activeElement?.getAttribute("aria-label")')).toBe('Model')
  await page.keyboard.type('gk?')
  expect(await page.getByLabel('Model', { exact: true }).inputValue()).toBe('gk?')
  await page.getByRole('heading', { name: 'Mappings' }).click()
  await page.keyboard.press('?')
  await page.getByRole('dialog', { name: 'Keyboard' }).waitFor()
})

test('a gateway that stops is noticed, and so is its return', async () => {
  const { page } = await suite.operatorsPage()
  await page.goto('/channels')
  await page.getByRole('heading', { name: 'Channels' }).waitFor()
  await page.route('**/api/**', (route) => route.abort())
  await page.getByText(/The gateway does not answer\. What you see is from/).waitFor()
  await page.getByText('The gateway does not answer', { exact: true }).waitFor()
  await page.unroute('**/api/**')
  await page.getByText(/What you see is from/).waitFor({ state: 'hidden' })
  await page.getByText('The gateway does not answer').waitFor({ state: 'hidden' })
})
