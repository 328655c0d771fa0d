/** The channels pages in a real browser. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { apiError } from '../backend/test/support/fake-upstream/errors.ts'
import { messageFor } from '../backend/test/support/gateway.ts'
import { button, consoleSuite } from './support/console-suite.ts'
import { closedPort } from './support/office.ts'

const suite = consoleSuite()
const KEY = 'sk-ant-api03-of-the-team-9f2a'

const row = (page: Page, name: string) => page.getByRole('listitem').filter({ hasText: name }).last()
const chooseFrom = async (page: Page, name: string, item: string) => {
  await button(page, `More actions for ${name}`).click()
  await page.getByRole('menuitem', { name: item, exact: true }).click()
}
const priorities = async () => {
  const { data } = await suite.gateway.admin<{ data: { name: string; priority: number }[] }>(
    'GET',
    '/api/channels',
  )
  return Object.fromEntries(data.map(({ name, priority }) => [name, priority]))
}

test('a channel is tested before it is added, and then edited', async () => {
  const { page, faults } = await suite.operatorsPage()
  await page.goto('/channels')
  await button(page, 'plus Add channel').click()
  await button(page, 'Add').click()
  expect(await page.getByText('is needed').count()).toBe(3)
  await page.getByLabel('Name').fill('Team account')
  await page.getByLabel('Base URL').fill('api.anthropic.com')
  await page.getByLabel('API key').click()
  await page.getByText('must be an http(s) URL').waitFor()
  await page.getByLabel('Base URL').fill(`${suite.upstream.url}/v1/`)
  await page.getByText(`Requests go to ${suite.upstream.url}/v1/messages`).waitFor()
  await page.getByLabel('API key').fill(KEY)
  await page.getByRole('dialog').getByRole('button', { name: 'Test' }).click()
  await button(page, 'Send test request').click()
  const dialog = page.getByRole('dialog', { name: 'Test Team account' })
  await dialog.getByText('It works').waitFor()
  const steps = dialog.getByRole('list', { name: 'Step by step' }).getByRole('listitem')
  expect(await steps.count()).toBe(4)
  await steps
    .filter({ hasText: 'Address put together' })
    .getByText(`${suite.upstream.url}/v1/messages`)
    .waitFor()
  await page.keyboard.press('Escape')
  await button(page, 'Add').click()
  await row(page, 'Team account').getByText('Active').waitFor()
  await page.getByText('sk-…9f2a').waitFor()

  await chooseFrom(page, 'Team account', 'Edit')
  await page.getByText('Order and models').click()
  await page.getByLabel('Priority').fill('10')
  await page.getByText('Cost', { exact: true }).click()
  await page.getByLabel('Cost multiplier').fill('0.5')
  await button(page, 'Save').click()
  await page.getByRole('heading', { name: '10' }).waitFor()
  expect(await suite.gateway.admin('GET', '/api/channels/1')).toMatchObject({
    priority: 10,
    cost_multiplier: 0.5,
    api_key_hint: 'sk-…9f2a',
  })
  expect(faults).toEqual([])
})

test('a channel is switched off, and deleted by typing its name', async () => {
  await suite.gateway.addChannel({ name: 'Team account', base_url: suite.upstream.url })
  const { page, faults } = await suite.operatorsPage()
  await page.goto('/channels')
  await page.getByRole('switch', { name: 'Deactivate Team account' }).click()
  await row(page, 'Team account').getByText('Off', { exact: true }).waitFor()
  await chooseFrom(page, 'Team account', 'Delete…')
  const question = page.getByRole('dialog', { name: 'Delete Team account?' })
  expect(await question.getByRole('button', { name: 'Delete' }).isDisabled()).toBe(true)
  // The dialog begins at its field: whoever is asked types at once.
  await question.locator('input:focus').waitFor()
  await page.keyboard.type('Team account')
  await question.getByRole('button', { name: 'Delete' }).click()
  await page.getByRole('heading', { name: 'No channel yet' }).waitFor()
  expect(faults).toEqual([])
})

test('a channel whose key is refused says so until when, and takes requests again once it is cleared', async () => {
  await suite.gateway.addChannel({ name: 'Team account', base_url: suite.upstream.url })
  suite.upstream.queue(apiError('authentication'))
  await (await suite.gateway.send(messageFor('claude-sonnet-5'))).text()
  const { page, faults } = await suite.operatorsPage()
  await page.goto('/channels')
  await row(page, 'Team account')
    .getByText(/^Credential refused until \d\d:\d\d$/)
    .waitFor()
  await page.getByText('The upstream refuses the key.').waitFor()
  await page.getByRole('link', { name: 'Team account' }).click()
  await page.getByRole('heading', { name: 'Team account', level: 1 }).waitFor()
  await page.getByRole('list', { name: 'Cooldowns' }).getByText('not asked').waitFor()
  await page
    .getByRole('list', { name: 'States over time' })
    .getByText(/^Credential refused, .* to now$/)
    .waitFor()
  await button(page, 'Clear: Team account').click()
  await page.getByText('Team account is taken for healthy again.').waitFor()
  await page.getByRole('listitem').getByText('Cleared', { exact: true }).waitFor()
  expect((await suite.gateway.send(messageFor('claude-sonnet-5'))).status).toBe(200)
  expect(page.url()).toBe(`${suite.gateway.url}/channels/1`)
  expect(faults).toEqual([])
})

test('a channel that cannot be reached says why, and how far a test of it came', async () => {
  await suite.gateway.addChannel({ name: 'Gone', base_url: `http://127.0.0.1:${await closedPort()}` })
  await (await suite.gateway.send(messageFor('claude-sonnet-5'))).text()
  const { page } = await suite.operatorsPage()
  await page.goto('/channels')
  await page.getByText(/^Unreachable until/).waitFor()
  await page.getByText('the connection was refused').waitFor()
  await button(page, 'Test: Gone').click()
  await button(page, 'Send test request').click()
  await page.getByText('It did not work').waitFor()
  const reached = page.getByRole('listitem').filter({ hasText: 'Upstream reached' })
  expect(await reached.getAttribute('data-end')).toBe('failed')
})

test('a fault in a closed group opens it, and stands beside its field', async () => {
  await suite.gateway.addChannel({ name: 'Team account', base_url: suite.upstream.url })
  const { page } = await suite.operatorsPage()
  await page.goto('/channels/1?edit=1')
  await page.getByText('Headers', { exact: true }).click()
  await button(page, 'Add a header').click()
  await page.getByLabel('Name of header 1').fill('x-api-key')
  await page.getByLabel('Value of header 1').fill('another')
  await page.getByText('Headers', { exact: true }).click()
  await button(page, 'Save').click()
  await page.getByText('is a header that the gateway sets itself').waitFor()
  await page.getByLabel('Name of header 1').fill('x-team')
  await button(page, 'Save').click()
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
  expect(await suite.gateway.admin('GET', '/api/channels/1')).toMatchObject({
    add_headers: { 'x-team': '***' },
  })
})

test('what was typed is there again after a reload, but for the secrets; a copy asks for the key', async () => {
  await suite.gateway.addChannel({ name: 'Team account', base_url: suite.upstream.url, priority: 7 })
  const { page } = await suite.operatorsPage()
  await page.goto('/channels')
  await chooseFrom(page, 'Team account', 'Duplicate')
  await page.getByLabel('Name').fill('Another account')
  await page.getByLabel('API key').fill(KEY)
  await page.reload()
  await page.getByText('What you typed before is here again.').waitFor()
  expect(await page.getByLabel('Name').inputValue()).toBe('Another account')
  expect(await page.getByLabel('API key').inputValue()).toBe('')
  expect(await page.evaluate('JSON.stringify({ ...sessionStorage, ...localStorage })')).not.toContain(KEY)
  await button(page, 'Add').click()
  await page.getByText('is needed').waitFor()
  await page.getByLabel('API key').fill(KEY)
  await button(page, 'Add').click()
  await page.getByRole('link', { name: 'Another account' }).waitFor()
  expect(await priorities()).toEqual({ 'Team account': 7, 'Another account': 7 })
  await button(page, 'plus Add channel').click()
  expect(await page.getByText('What you typed before is here again.').count()).toBe(0)
})

test('on a telephone a channel can be read and acted upon, and nothing sticks out', async () => {
  await suite.gateway.addChannel({
    name: 'A relay with quite a long name that goes on and on',
    base_url: `${suite.upstream.url}/a/rather/long/prefix/that/some/relays/have`,
    models: ['claude-sonnet-*', 'claude-haiku-*', 'claude-opus-4-8'],
  })
  await (await suite.gateway.send(messageFor('claude-sonnet-5'))).text()
  await suite.gateway.logs(1)
  await suite.gateway.admin('PUT', '/api/channels/1/pause', { minutes: 90 })
  const { page, faults } = await suite.operatorsPage({ width: 390, height: 844 })
  const width = () => page.evaluate('document.documentElement.scrollWidth')
  await page.goto('/channels')
  await page.getByText(/^Paused until/).waitFor()
  expect(await width()).toBeLessThanOrEqual(390)
  await page.getByRole('link', { name: /^A relay/ }).click()
  await page.getByRole('heading', { name: 'Health' }).waitFor()
  await page.getByRole('heading', { name: 'Settings' }).waitFor()
  await page.getByRole('table').getByText('100%').waitFor()
  expect(await width()).toBeLessThanOrEqual(390)
  await button(page, 'Edit').first().click()
  await page.getByText('Limits and time-outs').click()
  await page.getByLabel('Requests at once').fill('4')
  expect(await width()).toBeLessThanOrEqual(390)
  await button(page, 'Save').click()
  await expect.poll(() => suite.gateway.admin('GET', '/api/channels/1')).toMatchObject({ max_concurrency: 4 })
  expect(faults).toEqual([])
})

test('a channel that does not exist says so', async () => {
  const { page } = await suite.operatorsPage()
  await page.goto('/channels/99')
  await page.getByRole('heading', { name: 'There is no such channel' }).waitFor()
})
