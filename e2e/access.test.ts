/** Getting in: the first operator, sign-in, and sessions that end. */
import { expect, test } from 'vitest'
import { messageFor } from '../backend/test/support/gateway.ts'
import { OPERATOR, setUpOperator } from './support/console-page.ts'
import { button, consoleSuite } from './support/console-suite.ts'

const suite = consoleSuite()

/** A journey over four pages, on one of few cores. */
const LONG = { timeout: 60_000 }

test(
  'the one-time link makes the first operator, who is led from nothing to the first request',
  LONG,
  async () => {
    const { page, faults } = await suite.strangersPage()
    await page.goto('/')
    await page.getByRole('heading', { name: 'Nobody can sign in yet' }).waitFor()
    await page.goto(suite.gateway.app.setupUrl ?? '')
    await page.getByLabel('User name').fill('ada')
    await page.getByLabel('Password').fill('short')
    await button(page, 'Create operator and sign in').click()
    await page.getByText('must be at least 10 characters').waitFor()
    await page.getByLabel('Password').fill(OPERATOR.password)
    await button(page, 'Create operator and sign in').click()
    await page.getByRole('heading', { name: 'First steps' }).waitFor()
    expect(page.url()).toBe(`${suite.gateway.url}/start`)
    await page.getByLabel('Name').fill('Team account')
    await page.getByLabel('Base URL').fill(`${suite.upstream.url}/v1`)
    await page.getByText(`${suite.upstream.url}/v1/messages`).waitFor()
    await page.getByLabel('API key').fill('sk-ant-api03-first-steps')
    await button(page, 'Test it first').click()
    await page.getByText('It works').waitFor()
    await button(page, 'Add channel').click()
    await page.getByText('Team account is there.').waitFor()
    await button(page, 'Create another').click()
    await page.getByLabel('For whom or what').fill('My laptop')
    await button(page, 'Create key').click()
    await page.getByText('My laptop is ready.').waitFor()
    const block = await page.locator('pre').innerText()
    const secret = /ANTHROPIC_AUTH_TOKEN=(\S+)/.exec(block)?.[1] ?? ''
    expect(block).toContain(`ANTHROPIC_BASE_URL=${suite.gateway.url}\n`)
    expect(block).toContain('ENABLE_PROMPT_CACHING_1H=1')
    await page.getByText('Listening for the first request…').waitFor()
    const answer = await suite.gateway.send(messageFor('claude-sonnet-5'), {
      authorization: `Bearer ${secret}`,
    })
    await answer.text()
    await page.getByText('It arrived.').waitFor()
    await page.getByRole('link', { name: 'See its whole path' }).click()
    await page.getByRole('dialog', { name: 'Request' }).getByText('My laptop').waitFor()
    expect(faults).toEqual([])
  },
)

test('in front of the door, too, language and theme can be chosen', async () => {
  const { page, faults } = await suite.strangersPage()
  await page.goto('/login')
  await button(page, 'Preferences').click()
  await page.getByRole('menuitem', { name: '简体中文' }).click()
  await page.getByRole('heading', { name: '还没有人可以登录' }).waitFor()
  expect(faults).toEqual([])
})

test('a wrong set-up link says so, and a used one leads to sign-in', async () => {
  const { page } = await suite.strangersPage()
  await page.goto('/setup?token=made-up')
  await page.getByLabel('User name').fill('eve')
  await page.getByLabel('Password').fill(OPERATOR.password)
  await button(page, 'Create operator and sign in').click()
  await page.getByText('This link is not valid, or has been used.').waitFor()
  await setUpOperator(page.context(), suite.gateway.app.setupUrl ?? '')
  await page.context().clearCookies()
  await page.reload()
  await page.getByRole('link', { name: 'Sign in' }).click()
  await page.getByRole('heading', { name: 'Sign in' }).waitFor()
})

test('a sign-in leads back to the page that was asked for, and out again', async () => {
  await (await suite.operatorsPage()).page.close()
  const { page } = await suite.strangersPage()
  await page.goto('/requests?outcome=failed')
  await page.getByLabel('User name').fill(OPERATOR.username)
  await page.getByLabel('Password').fill('not the password')
  await button(page, 'Sign in').click()
  await page.getByText('User name or password is wrong.').waitFor()
  await page.getByLabel('Password').fill(OPERATOR.password)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Requests' }).waitFor()
  expect(page.url()).toBe(`${suite.gateway.url}/requests?outcome=failed`)
  await button(page, 'Preferences: ada').click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await page.getByRole('heading', { name: 'Sign in' }).waitFor()
})

test('a session that ends is begun again over the page, and what was typed is sent after all', async () => {
  const { page } = await suite.operatorsPage()
  await page.goto('/keys?edit=new')
  await page.getByLabel('Name').fill('Half typed')
  await page.context().clearCookies()
  await button(page, 'Create').click()
  const again = page.getByRole('dialog', { name: 'Your sign-in has ended' })
  await again.waitFor()
  expect(await again.getByLabel('User name').inputValue()).toBe(OPERATOR.username)
  await again.getByLabel('Password').fill(OPERATOR.password)
  await page.keyboard.press('Enter')
  await again.waitFor({ state: 'hidden' })
  expect(await page.getByLabel('Name').inputValue()).toBe('Half typed')
  await button(page, 'Create').click()
  await page.getByText('Half typed is ready').waitFor()
})

test('whoever does not want to sign in again can leave', async () => {
  const { page } = await suite.operatorsPage()
  await page.goto('/keys')
  await page.getByRole('heading', { name: 'Keys' }).waitFor()
  await page.context().clearCookies()
  await page.getByRole('link', { name: 'Mappings' }).click()
  await button(page, 'Leave this page').click()
  await page.getByRole('heading', { name: 'Sign in' }).waitFor()
})

test('a gateway that restarts takes nothing that was typed', async () => {
  const { page } = await suite.operatorsPage()
  await page.goto('/keys?edit=new')
  await page.getByLabel('Name').fill('Half typed')
  await page.route('**/api/**', (route) => route.abort())
  await button(page, 'Create').click()
  await page.getByRole('dialog').getByText('The gateway does not answer.').waitFor()
  await page.unroute('**/api/**')
  await button(page, 'Create').click()
  await page.getByText('Half typed is ready').waitFor()
})

test('a page that cannot be fetched says so, and comes after a reload', async () => {
  const { page } = await suite.operatorsPage()
  await page.goto('/keys')
  await page.getByRole('heading', { name: 'Keys' }).waitFor()
  await page.route('**/assets/**', (route) => route.abort())
  await page.getByRole('link', { name: 'Mappings' }).click()
  await page.getByText('This page did not arrive').waitFor()
  await page.unroute('**/assets/**')
  await button(page, 'Reload the page').click()
  await page.getByRole('heading', { name: 'Mappings' }).waitFor()
})
