/** Getting in: the first operator, sign-in, and sessions that end. */
import { expect, test } from 'vitest'
import { OPERATOR, setUpOperator, signIn } from './support/console-page.ts'
import { button, consoleSuite } from './support/console-suite.ts'

const suite = consoleSuite()

test('the one-time link makes the first operator, who then stands before the first steps', async () => {
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
  await page.getByRole('heading', { name: 'Three steps to the first request' }).waitFor()
  expect(page.url()).toBe(`${suite.gateway.url}/channels`)
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

test('a session that ends elsewhere leads to sign-in and back', async () => {
  const { page } = await suite.operatorsPage()
  await page.goto('/keys')
  await page.getByRole('heading', { name: 'Keys' }).waitFor()
  await page.context().clearCookies()
  await page.getByRole('link', { name: 'Mappings' }).click()
  await page.getByText('Sign in to go on where you were.').waitFor()
  await signIn(page.context())
  await page.reload()
  await page.getByRole('heading', { name: 'Mappings' }).waitFor()
})
