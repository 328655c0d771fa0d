/** The pages of keys and mappings in a real browser. */
import { expect, test } from 'vitest'
import { messageFor } from '../backend/test/support/gateway.ts'
import { button, consoleSuite } from './support/console-suite.ts'

const suite = consoleSuite()

test('a mapping is added for one channel, and a second of the same name is refused beside the form', async () => {
  await suite.gateway.addChannel({ name: 'Team account', base_url: suite.upstream.url })
  const { page } = await suite.operatorsPage()
  await page.goto('/mappings?edit=new')
  const add = async () => {
    await page.getByLabel('Clients ask for').fill('claude-opus-*')
    await page.getByLabel('Upstream is asked for').fill('claude-opus-4-8')
    await page.getByLabel('Channel').click()
    await page.getByTitle('Team account').click()
    await button(page, 'Add').click()
  }
  await add()
  await page.getByRole('row', { name: /claude-opus-\* .* Team account/ }).waitFor()
  await button(page, 'plus Add mapping').click()
  await add()
  await page.getByText('is mapped already').waitFor()
  await page.getByLabel('Upstream is asked for').fill('two words')
  await button(page, 'Add').click()
  await page.getByText('must be one model name, without spaces or *').waitFor()
})

test('the secret of a new key is shown once, with a block for Claude Code that works', async () => {
  await suite.gateway.addChannel({ base_url: suite.upstream.url })
  const { page, faults } = await suite.operatorsPage()
  await page.goto('/keys')
  await button(page, 'plus Create key').click()
  await page.getByLabel('Name').fill('Maria’s laptop')
  await button(page, 'Create').click()
  const shell = await page.locator('pre').nth(1).innerText()
  const settings = JSON.parse(await page.locator('pre').nth(2).innerText())
  const secret = await page.locator('pre').first().innerText()
  expect(shell).toBe(`export ANTHROPIC_BASE_URL=${suite.gateway.url}\nexport ANTHROPIC_AUTH_TOKEN=${secret}`)
  expect(settings).toEqual({ env: { ANTHROPIC_BASE_URL: suite.gateway.url, ANTHROPIC_AUTH_TOKEN: secret } })
  const answer = await suite.gateway.send(messageFor('claude-sonnet-5'), {
    authorization: `Bearer ${secret}`,
  })
  expect(answer.status).toBe(200)
  await answer.text()
  await page.keyboard.press('Escape')
  await button(page, 'I have copied it').click()
  await page.getByRole('row', { name: /Maria’s laptop/ }).waitFor()
  expect(await page.content()).not.toContain(secret)
  await page.getByRole('switch', { name: 'Disable Maria’s laptop' }).click()
  await page.getByRole('switch', { name: 'Enable Maria’s laptop' }).waitFor()
  expect(
    (await suite.gateway.send(messageFor('claude-sonnet-5'), { authorization: `Bearer ${secret}` })).status,
  ).toBe(401)
  expect(faults).toEqual([])
})
