/** The dashboard in a real browser: from a figure to the request behind it, and what is shown before there is any. */
import type { Page } from 'playwright-core'
import { expect, onTestFinished, test } from 'vitest'
import { apiError } from '../backend/test/support/fake-upstream/errors.ts'
import { startFakeUpstream } from '../backend/test/support/fake-upstream/fake-upstream.ts'
import { messageFor } from '../backend/test/support/gateway.ts'
import { button, consoleSuite } from './support/console-suite.ts'

const suite = consoleSuite()

const region = (page: Page, name: string) => page.getByRole('region', { name, exact: true })

async function ask(model: string): Promise<void> {
  await (await suite.gateway.send(messageFor(model))).text()
}

test('the figure of failovers leads to the log of them, and from there to the attempts of one', async () => {
  const second = await startFakeUpstream()
  onTestFinished(() => second.close())
  await suite.gateway.addChannel({ name: 'First', base_url: suite.upstream.url, priority: 10 })
  await suite.gateway.addChannel({ name: 'Second', base_url: second.url, priority: 5 })
  await ask('claude-haiku-4-5')
  suite.upstream.queue(apiError('overloaded'))
  await ask('claude-sonnet-5')
  await suite.gateway.logs(2)
  const { page, faults } = await suite.operatorsPage()
  await page.goto('/')
  await region(page, 'Requests').getByRole('link', { name: '2', exact: true }).waitFor()
  await region(page, 'Success').getByRole('link', { name: '100%' }).waitFor()
  const failovers = region(page, 'Failovers')
  await failovers.getByRole('link', { name: 'First → Second' }).waitFor()
  await failovers.getByRole('link', { name: 'Failed over: 1' }).click()
  await page.getByRole('heading', { name: 'Requests', level: 1 }).waitFor()
  const found = page.getByRole('link', { name: 'claude-sonnet-5' })
  await found.waitFor()
  expect(await page.getByRole('link', { name: 'claude-haiku-4-5' }).count()).toBe(0)
  await found.click()
  await page.getByRole('dialog').getByText('529 · Overloaded').waitFor()
  await page.goBack()
  await page.goBack()
  await page.getByRole('heading', { name: 'Dashboard', level: 1 }).waitFor()
  expect(faults).toEqual([])
})

test('what is looked at stands in the address, and the chart is a table for whoever wants one', async () => {
  await suite.gateway.addChannel({ name: 'First', base_url: suite.upstream.url })
  await ask('claude-sonnet-5')
  await ask('claude-haiku-4-5')
  await suite.gateway.logs(2)
  const { page, faults } = await suite.operatorsPage()
  await page.goto('/?range=7d&time_zone=Asia/Shanghai&nonsense=1')
  const parts = page.getByRole('list', { name: 'Parts' })
  await parts.getByRole('link', { name: 'claude-sonnet-5' }).waitFor()
  await page.getByText('Channel', { exact: true }).click()
  await parts.getByRole('link', { name: 'First' }).waitFor()
  await page.getByRole('radiogroup', { name: 'Measure' }).getByText('Requests').click()
  const table = page.getByRole('table', { name: 'Over time: Requests' })
  await table.waitFor({ state: 'attached' })
  const address = new URL(page.url()).searchParams
  expect(Object.fromEntries(address)).toMatchObject({ range: '7d', by: 'channel', measure: 'requests' })
  await button(page, 'As a table').click()
  expect(await table.getByRole('row').count()).toBe(1 + 7)
  await table.getByRole('row').last().getByRole('link').click()
  await page.getByRole('link', { name: 'claude-haiku-4-5' }).waitFor()
  expect(faults).toEqual([])
})

test('before the first request the dashboard leads to the first steps', async () => {
  await suite.gateway.addChannel({ name: 'First', base_url: suite.upstream.url })
  const { page } = await suite.operatorsPage()
  await page.goto('/')
  await page.getByRole('heading', { name: 'No request yet' }).waitFor()
  await page.getByRole('main').getByRole('link', { name: 'First steps' }).click()
  await page.getByRole('heading', { name: 'First steps', level: 1 }).waitFor()
})
