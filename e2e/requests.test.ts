/** The request log in a real browser. */
import { readFile } from 'node:fs/promises'
import { expect, onTestFinished, test } from 'vitest'
import { apiError } from '../backend/test/support/fake-upstream/errors.ts'
import { startFakeUpstream } from '../backend/test/support/fake-upstream/fake-upstream.ts'
import { messageFor } from '../backend/test/support/gateway.ts'
import { button, consoleSuite } from './support/console-suite.ts'

const suite = consoleSuite()

test('a request appears by itself, and tells which channels it went to and why', async () => {
  const second = await startFakeUpstream()
  onTestFinished(() => second.close())
  await suite.gateway.addChannel({ name: 'First', base_url: suite.upstream.url, priority: 10 })
  await suite.gateway.addChannel({ name: 'Second', base_url: second.url, priority: 5 })
  const { page, faults } = await suite.operatorsPage()
  await page.goto('/requests')
  await page.getByRole('heading', { name: 'No request yet' }).waitFor()
  suite.upstream.queue(apiError('overloaded'))
  await (await suite.gateway.send(messageFor('claude-sonnet-5'))).text()
  await page.getByRole('row', { name: /claude-sonnet-5 .* Second 2 attempts/ }).click()
  const story = page.getByRole('dialog')
  await story.getByText('529 · Overloaded').waitFor()
  await story.getByText('200 · Answered').waitFor()
  await story.getByText('per million').first().waitFor()
  expect(page.url()).toContain('request=1')
  await page.reload()
  await story.getByText('529 · Overloaded').waitFor()
  await page.keyboard.press('Escape')
  await story.waitFor({ state: 'hidden' })
  expect(page.url()).toBe(`${suite.gateway.url}/requests`)
  expect(faults).toEqual([])
})

test('the log is filtered in the address, and exported by the same filter', async () => {
  await suite.gateway.addChannel({ name: 'First', base_url: suite.upstream.url })
  suite.upstream.queue(apiError('prompt_too_long'))
  for (const model of ['claude-sonnet-5', 'claude-haiku-4-5']) {
    await (await suite.gateway.send(messageFor(model))).text()
  }
  await suite.gateway.logs(2)
  const { page } = await suite.operatorsPage()
  await page.goto('/requests?outcome=completed&nonsense=1&channel_id=x')
  await page.getByRole('link', { name: 'claude-haiku-4-5' }).waitFor()
  expect(await page.getByRole('link', { name: 'claude-sonnet-5' }).count()).toBe(0)
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Export CSV' }).click(),
  ])
  const csv = await readFile(await download.path(), 'utf8')
  expect(csv).toContain('claude-haiku-4-5')
  expect(csv).not.toContain('claude-sonnet-5')
  await button(page, 'Clear filters').click()
  await page.getByRole('link', { name: 'claude-sonnet-5' }).waitFor()
})
