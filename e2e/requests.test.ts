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
  const { page, faults } = await suite.operatorsPage()
  await page.goto('/requests?outcome=completed&nonsense=1&channel_id=x')
  await page.getByRole('link', { name: 'claude-haiku-4-5' }).waitFor()
  expect(await page.getByRole('link', { name: 'claude-sonnet-5' }).count()).toBe(0)
  await button(page, 'Export').click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText(/^1 requests by the filters/).waitFor()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: 'Download' }).click(),
  ])
  await dialog.getByText('Done: 1 rows').waitFor()
  const csv = await readFile(await download.path(), 'utf8')
  expect(csv).toContain('claude-haiku-4-5')
  expect(csv).not.toContain('claude-sonnet-5')
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'hidden' })
  await button(page, 'Clear filters').click()
  await page.getByRole('link', { name: 'claude-sonnet-5' }).waitFor()
  await page.keyboard.press('/')
  await page.keyboard.type('400')
  await page.keyboard.press('Enter')
  await page.getByRole('link', { name: 'claude-haiku-4-5' }).waitFor({ state: 'hidden' })
  expect(page.url()).toBe(`${suite.gateway.url}/requests?nonsense=1&status=400`)
  await button(page, 'More filters').click()
  await page.getByLabel(/^From \(.+\)$/).waitFor()
  await button(page, 'Views').click()
  await page.getByRole('textbox', { name: 'Name for these filters' }).fill('Our mistakes')
  await button(page, 'Keep').click()
  await page.goto('/requests')
  await button(page, 'Views').click()
  await page.getByRole('link', { name: 'Our mistakes' }).click()
  await page.getByText('Status: 400').waitFor()
  expect(faults).toEqual([])
})

test('while it is paused new requests wait and are counted; then they are there', async () => {
  await suite.gateway.addChannel({ name: 'First', base_url: suite.upstream.url })
  const ask = async (model: string) => (await suite.gateway.send(messageFor(model))).text()
  await ask('claude-sonnet-5')
  await suite.gateway.logs(1)
  const { page } = await suite.operatorsPage()
  await page.goto('/requests')
  await page.getByRole('link', { name: 'claude-sonnet-5' }).waitFor()
  await button(page, 'Pause').click()
  await ask('claude-haiku-4-5')
  await ask('claude-opus-4-8')
  await page.getByRole('button', { name: '2 new' }).waitFor()
  expect(await page.getByRole('link', { name: 'claude-haiku-4-5' }).count()).toBe(0)
  await button(page, 'Go on').click()
  await page.getByRole('link', { name: 'claude-haiku-4-5' }).waitFor()
  await page.getByRole('button', { name: '2 new' }).waitFor({ state: 'hidden' })
})

test('where no stream can be had, new requests are asked for', async () => {
  await suite.gateway.addChannel({ name: 'First', base_url: suite.upstream.url })
  const { page } = await suite.operatorsPage()
  await page.route('**/api/stats/logs/live*', (route) => route.abort())
  await page.goto('/requests')
  await page.getByRole('heading', { name: 'No request yet' }).waitFor()
  await (await suite.gateway.send(messageFor('claude-sonnet-5'))).text()
  await page.getByRole('link', { name: 'claude-sonnet-5' }).waitFor()
})

test('by keys alone: from row to row, into a request and on, beside another one, as a command, and its bodies', async () => {
  await suite.gateway.addChannel({ name: 'First', base_url: suite.upstream.url })
  await suite.gateway.admin('PUT', '/api/keys/1', {
    name: 'test',
    capture: { max_bytes: 100_000, retention_days: 1 },
  })
  for (const model of ['claude-sonnet-5', 'claude-haiku-4-5']) {
    await (await suite.gateway.send(messageFor(model, { stream: true }))).text()
  }
  await suite.gateway.logs(2)
  const { page, faults } = await suite.operatorsPage()
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.goto('/requests')
  await page.getByRole('link', { name: 'claude-haiku-4-5' }).waitFor()
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  const story = page.getByRole('dialog')
  await story.getByRole('heading', { name: 'claude-sonnet-5' }).waitFor()
  await page.keyboard.press('k')
  await story.getByRole('heading', { name: 'claude-haiku-4-5' }).waitFor()
  await story.getByRole('button', { name: 'Show request and answer' }).click()
  await story.getByText('message_start').first().waitFor()
  await story.getByRole('button', { name: 'Copy as curl' }).click()
  await page.getByText(/with the body that was sent/).waitFor()
  const command: string = await page.evaluate('navigator.clipboard.readText()')
  expect(command).toContain('"x-api-key: $GATEWAY_KEY"')
  expect(command).not.toContain(suite.gateway.key)
  expect(command).toContain('"content":"Hello"')
  await story.getByRole('button', { name: 'Compare with another' }).click()
  await story.waitFor({ state: 'hidden' })
  await page.getByText(/open another request to compare/).waitFor()
  await page.getByRole('link', { name: 'claude-sonnet-5' }).click()
  await story.getByRole('row', { name: /Model.*claude-haiku-4-5 claude-sonnet-5/ }).waitFor()
  expect(faults).toEqual([])
})
