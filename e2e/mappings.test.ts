/** The page of mappings in a real browser. */
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
    await page.getByRole('dialog').getByLabel('Channel').click()
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

test('where a model would go is told in order, with the reason for each channel left out, and for what if', async () => {
  await suite.gateway.addChannel({ name: 'First', base_url: suite.upstream.url, priority: 10 })
  await suite.gateway.addChannel({ name: 'Second', base_url: suite.upstream.url, priority: 5 })
  await suite.gateway.addChannel({
    name: 'Haiku only',
    base_url: suite.upstream.url,
    models: ['claude-haiku-*'],
  })
  const mapping = { display_model: 'claude-opus-*', upstream_model: 'claude-opus-4-8' }
  await suite.gateway.admin('POST', '/api/mappings', mapping)
  const { page, faults } = await suite.operatorsPage()
  await page.goto('/mappings?model=claude-opus-4-1')
  const tried = page.getByRole('list', { name: 'Would be tried, in this order' }).getByRole('listitem')
  const leftOut = page.getByRole('list', { name: 'Left out' }).getByRole('listitem')
  await expect.poll(() => tried.allInnerTexts()).toMatchObject([/First\s+→ claude-opus-4-8/, /Second/])
  await expect.poll(() => leftOut.allInnerTexts()).toMatchObject([/Haiku only\s+does not serve this model/])
  await page.getByRole('switch', { name: 'What if First took requests' }).click()
  await expect.poll(() => tried.allInnerTexts()).toMatchObject([/Second/])
  await leftOut.filter({ hasText: 'First' }).getByText('switched off').waitFor()
  await page.reload()
  await leftOut.filter({ hasText: 'First' }).getByText('switched off').waitFor()
  await button(page, 'As it really is').click()
  await expect.poll(() => tried.allInnerTexts()).toMatchObject([/First/, /Second/])
  await page.getByRole('spinbutton', { name: 'What if Second had this priority' }).fill('20')
  await page.keyboard.press('Tab')
  await expect.poll(() => tried.allInnerTexts()).toMatchObject([/Second/, /First/])
  expect(faults).toEqual([])
})

test('where the next request of a session would go: to the channel whose cache it has warmed', async () => {
  await suite.gateway.addChannel({ name: 'First', base_url: suite.upstream.url })
  await suite.gateway.addChannel({ name: 'Second', base_url: suite.upstream.url })
  const session = { 'x-claude-code-session-id': 'a-session' }
  await (await suite.gateway.send(messageFor('claude-sonnet-5'), session)).text()
  await suite.gateway.logs(1)
  const { page } = await suite.operatorsPage()
  await page.goto('/mappings?model=claude-sonnet-5')
  const tried = page.getByRole('list', { name: 'Would be tried, in this order' }).getByRole('listitem')
  await tried.first().waitFor()
  const box = page.getByRole('region', { name: 'Where would this model go?' })
  await box.getByRole('combobox', { name: 'Key' }).click()
  await page.getByTitle('test', { exact: true }).click()
  await box.getByRole('searchbox', { name: 'Session' }).fill('a-session')
  await tried.first().getByText('the session’s cache is warm here').waitFor()
  const address = new URL(page.url()).searchParams
  expect([address.get('key_id'), address.get('session_id')]).toEqual(['1', 'a-session'])
})

test('a channel shows what holds on it, and a new mapping what it would take', async () => {
  const id = await suite.gateway.addChannel({ name: 'Relay', base_url: suite.upstream.url })
  await suite.gateway.addChannel({ name: 'Team account', base_url: suite.upstream.url })
  const general = { display_model: 'claude-opus-*', upstream_model: 'claude-opus-4-8' }
  await suite.gateway.admin('POST', '/api/mappings', general)
  await suite.gateway.admin('POST', '/api/mappings', {
    ...general,
    upstream_model: 'relay-opus',
    channel_id: id,
  })
  await (await suite.gateway.send(messageFor('claude-sonnet-5'))).text()
  await suite.gateway.logs(1)
  const { page } = await suite.operatorsPage()
  await page.goto(`/mappings?channel_id=${id}`)
  await page.getByRole('row', { name: /relay-opus Relay 1 channel/ }).waitFor()
  expect(await page.getByRole('row').count()).toBe(2)
  await button(page, 'plus Add mapping').click()
  await page.getByLabel('Clients ask for').fill('claude-*')
  await page.getByLabel('Upstream is asked for').fill('claude-sonnet-4-5')
  const preview = page.getByRole('dialog').locator('section')
  await preview.getByText(/on 2 channels/).waitFor()
  await preview.getByText('claude-sonnet-5', { exact: true }).waitFor()
})
