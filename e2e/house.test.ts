/** The pages of the house in a real browser: settings and rules, prices, operators, the audit log, the system. */
import { expect, test } from 'vitest'
import { messageFor } from '../backend/test/support/gateway.ts'
import { button, consoleSuite } from './support/console-suite.ts'

const suite = consoleSuite()

/** Whole journeys, on a machine that may have much else to do. */
const SLOW = { timeout: 90_000 }

test('a setting is checked while it is typed, saved, and returned to its default', SLOW, async () => {
  const { page, faults } = await suite.operatorsPage()
  await page.goto('/settings')
  const size = page.getByLabel('Largest size of the request log')
  await size.fill('5')
  await page.getByRole('alert').getByText('must be 0 (no limit) or at least 10').waitFor()
  expect(await button(page, 'Save').isDisabled()).toBe(true)
  await size.fill('500')
  await button(page, 'Save').click()
  await button(page, 'Back to default').waitFor()
  await page.reload()
  await expect.poll(() => size.inputValue()).toBe('500')
  await button(page, 'Back to default').click()
  await expect.poll(() => size.inputValue()).toBe('2000')
  expect(await button(page, 'Back to default').count()).toBe(0)
  expect(faults).toEqual([])
})

test(
  'a rule is tried before it is saved, decides from then on, and is switched off again',
  SLOW,
  async () => {
    const { page, faults } = await suite.operatorsPage()
    await page.goto('/settings?rule=new')
    const drawer = page.getByRole('dialog')
    await drawer.getByLabel('Name').fill('Relay out of credit')
    await drawer.getByLabel('In the body', { exact: true }).fill('sold out')
    await drawer.getByLabel('Means').click()
    await page.getByTitle('Out of credit').click()
    await drawer.getByLabel('Body of the answer').fill('We are SOLD OUT today')
    await drawer.getByRole('button', { name: 'Read it' }).click()
    await drawer.getByText('by this rule').waitFor()
    await drawer.getByRole('button', { name: 'Add' }).click()
    await page
      .getByRole('row', { name: /Relay out of credit .* sold out Out of credit Every channel/ })
      .waitFor()
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    await page.getByLabel('Body of the answer').fill('sold out')
    await button(page, 'Read it').click()
    await page.getByText('by the rule Relay out of credit').waitFor()
    await page.getByRole('switch', { name: 'Relay out of credit is in force' }).click()
    await expect
      .poll(() => suite.gateway.admin('GET', '/api/outcome-rules'))
      .toMatchObject({ data: [{ enabled: false }] })
    await page.goto('/settings')
    await page.getByLabel('Body of the answer').fill('sold out')
    const answer = Promise.withResolvers<void>()
    await page.route('**/api/outcome-rules/test', async (route) => {
      await answer.promise
      await route.continue()
    })
    await button(page, 'Read it').click()
    await button(page, 'Read it').and(page.locator('.ant-btn-loading')).waitFor()
    answer.resolve()
    await page.getByText('as built in').waitFor()
    expect(faults).toEqual([])
  },
)

test(
  'a price of one’s own is added, tells what a model would cost, and past requests are charged by it',
  SLOW,
  async () => {
    await suite.gateway.addChannel({ base_url: suite.upstream.url })
    await (await suite.gateway.send(messageFor('claude-sonnet-5'))).text()
    const [before] = await suite.gateway.logs(1)
    const { page, faults } = await suite.operatorsPage()
    await page.goto('/prices?edit=new')
    const drawer = page.getByRole('dialog')
    await drawer.getByRole('textbox', { name: 'Model', exact: true }).fill('claude-sonnet-5')
    await drawer.getByLabel('Source').fill('Contract of October')
    for (const rate of ['Input', 'Output', 'Cache read', 'Cache write, 5 minutes', 'Cache write, 1 hour'])
      await drawer.getByRole('spinbutton', { name: rate, exact: true }).fill('100')
    await drawer.getByRole('button', { name: 'Add' }).click()
    await drawer.waitFor({ state: 'hidden' })
    await page.getByLabel('Model or source').fill('october')
    await page.getByText('1 price', { exact: true }).waitFor()
    await page.goto('/prices?model=claude-sonnet-5')
    await page.getByText('The model stands on the list by its name.').waitFor()
    await page.getByText('Contract of October').first().waitFor()
    await button(page, 'Show the difference').click()
    await page.getByText(/1 of 1 requests would cost something else/).waitFor()
    await button(page, 'Apply').click()
    await page.getByRole('dialog').getByRole('button', { name: 'Apply' }).click()
    await page.getByText(/Done: 1 of 1 requests were charged anew/).waitFor()
    const [after] = await suite.gateway.logs(1)
    expect(after?.cost_nano_usd).toBeGreaterThan(before?.cost_nano_usd ?? 0)
    expect(faults).toEqual([])
  },
)

test(
  'an operator is added and deleted by name, one’s own password is changed, and the audit log tells it all',
  SLOW,
  async () => {
    const { page } = await suite.operatorsPage()
    await page.goto('/operators?edit=new')
    const drawer = page.getByRole('dialog')
    await drawer.getByLabel('User name').fill('bob')
    await drawer.getByLabel('Password').fill('short')
    await drawer.getByRole('button', { name: 'Add' }).click()
    await drawer.getByText('must be at least 10 characters').waitFor()
    await drawer.getByLabel('Password').fill('long enough by now')
    await drawer.getByRole('button', { name: 'Add' }).click()
    await page.getByRole('row', { name: /^bob not now/ }).waitFor()
    await page.getByLabel('Current password').fill('not my password')
    await page.getByLabel('New password').fill('another long password')
    await button(page, 'Change password').click()
    await page.getByText('is not your password').waitFor()
    await page.getByLabel('Current password').fill('a long enough password')
    await button(page, 'Change password').click()
    await page.getByText('Your password was changed.').waitFor()
    await button(page, 'Delete: bob').click()
    const confirm = page.getByRole('dialog').getByRole('button', { name: 'Delete' })
    expect(await confirm.isDisabled()).toBe(true)
    await page.getByRole('dialog').getByRole('textbox').fill('bob')
    await confirm.click()
    await page.getByRole('row', { name: /^bob/ }).waitFor({ state: 'detached' })
    expect(await button(page, 'Delete: ada').isDisabled()).toBe(true)
    await page.goto('/audit?actor=ada')
    const told = page.getByRole('table', { name: 'Audit' }).getByRole('row')
    await expect
      .poll(() => told.allInnerTexts())
      .toMatchObject([
        /When/,
        /Operator deleted\s+bob/,
        /Password changed[\s\S]*Sessions ended 0/,
        /Operator added\s+bob/,
        /Signed in/,
      ])
  },
)

test('the system page tells what runs and what is stored, and writes a back-up', SLOW, async () => {
  const { page, faults } = await suite.operatorsPage()
  await page.goto('/system')
  await page.getByText('everything is written').waitFor()
  await button(page, 'Back up now').click()
  await page.getByRole('row', { name: /gateway-.*\.db/ }).waitFor()
  await page.getByLabel('Log level').click()
  await page.getByTitle('Debug').click()
  await expect
    .poll(() => suite.gateway.admin('GET', '/api/settings'))
    .toMatchObject({ log_level: { value: 'debug' } })
  expect(faults).toEqual([])
})
