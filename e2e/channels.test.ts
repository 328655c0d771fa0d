/** The channels page in a real browser. */
import { expect, test } from 'vitest'
import { messageFor } from '../backend/test/support/gateway.ts'
import { button, consoleSuite } from './support/console-suite.ts'
import { closedPort } from './support/office.ts'

const suite = consoleSuite()

test('a channel is tested before it is added, then edited, switched off and deleted', async () => {
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
  await page.getByLabel('API key').fill('sk-ant-api03-of-the-team-9f2a')
  await page.getByRole('dialog').getByRole('button', { name: 'Test' }).click()
  await button(page, 'Send test request').click()
  await page.getByText('It works').waitFor()
  const dialog = page.getByRole('dialog', { name: 'Test Team account' })
  await dialog.getByText(`${suite.upstream.url}/v1/messages`).waitFor()
  await page.keyboard.press('Escape')
  await button(page, 'Add').click()
  await page.getByRole('listitem').getByText('Active').waitFor()
  await page.getByText('sk-…9f2a').waitFor()

  await button(page, 'Team account').click()
  await page.getByLabel('Priority').fill('10')
  await button(page, 'Save').click()
  await page.getByRole('heading', { name: '10' }).waitFor()
  expect(await suite.gateway.admin('GET', '/api/channels/1')).toMatchObject({
    priority: 10,
    api_key_hint: 'sk-…9f2a',
  })

  await page.getByRole('switch', { name: 'Deactivate Team account' }).click()
  await page.getByText('Disabled').waitFor()
  await button(page, 'More actions for Team account').click()
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
  await page.getByRole('heading', { name: 'Three steps to the first request' }).waitFor()
  expect(faults).toEqual([])
})

test('a channel that cannot be reached says why, and what a test of it met', async () => {
  await suite.gateway.addChannel({ name: 'Gone', base_url: `http://127.0.0.1:${await closedPort()}` })
  await (await suite.gateway.send(messageFor('claude-sonnet-5'))).text()
  const { page } = await suite.operatorsPage()
  await page.goto('/channels')
  await page.getByText(/^Unreachable, until/).waitFor()
  await page.getByText('the connection was refused').waitFor()
  await button(page, 'Test: Gone').click()
  await button(page, 'Send test request').click()
  await page.getByText('It did not work').waitFor()
})
