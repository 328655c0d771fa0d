/** What axe finds on the pages, light and dark: nothing serious. */
import axe from 'axe-core'
import type { Page } from 'playwright-core'
import { beforeEach, expect, test } from 'vitest'
import { messageFor } from '../backend/test/support/gateway.ts'
import { consoleSuite } from './support/console-suite.ts'

const suite = consoleSuite()

interface Finding {
  id: string
  impact: string
  nodes: { html: string; failureSummary: string }[]
}

/** The serious and critical findings, each with the elements it is about. */
async function findingsOn(page: Page): Promise<string[]> {
  // By evaluation, not by a script element: the console's content security policy allows none but its own.
  await page.evaluate(axe.source)
  const violations = (await page.evaluate(
    'axe.run(document).then(({ violations }) => violations)',
  )) as Finding[]
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`)
}

const LOOKS = [{ dark: false }, { dark: true }]
/** axe reads every element of every page, on one of few cores. */
const SLOW = { timeout: 240_000 }
const PAGES = [
  { path: '/', heading: 'Dashboard' },
  { path: '/start', heading: 'First steps' },
  { path: '/channels', heading: 'Channels' },
  { path: '/mappings?model=claude-sonnet-5', heading: 'Mappings' },
  { path: '/mappings?edit=new', heading: 'Mappings' },
  { path: '/keys', heading: 'Keys', shows: 'Active' },
  { path: '/keys?edit=new', heading: 'Keys' },
  { path: '/keys?view=teams', heading: 'Keys', shows: 'team-web' },
  { path: '/keys/1', heading: 'test', shows: 'Cost by model' },
  { path: '/invoices', heading: 'Invoice of', shows: 'test' },
  { path: '/sessions', heading: 'Sessions', shows: 'a-session' },
  { path: '/sessions/a-session', heading: 'a-session', shows: 'Main conversation' },
  { path: '/requests', heading: 'Requests', shows: 'Completed' },
  { path: '/playground', heading: 'Playground' },
  { path: '/settings?rule=new', heading: 'Settings' },
  { path: '/prices?model=claude-sonnet-5', heading: 'Prices', shows: 'Every other model' },
  { path: '/prices?edit=new', heading: 'Prices' },
  { path: '/operators', heading: 'Operators', shows: 'you' },
  { path: '/audit', heading: 'Audit', shows: 'Signed in' },
  { path: '/system', heading: 'System', shows: 'Storage' },
]

beforeEach(async () => {
  await suite.gateway.addChannel({ name: 'Team account', base_url: suite.upstream.url })
  await suite.gateway.addChannel({ name: 'Old workspace', base_url: suite.upstream.url, enabled: false })
  const mapping = { display_model: 'claude-opus-*', upstream_model: 'claude-opus-4-8' }
  await suite.gateway.admin('POST', '/api/mappings', mapping)
  const budgets = [{ period: 'day', limit_usd: 1 }]
  await suite.gateway.admin('PUT', '/api/keys/1', { tags: ['team-web'], budgets })
  await suite.gateway.admin('POST', '/api/budgets', { tag: 'team-web', period: 'month', limit_usd: 9 })
  const session = { 'x-claude-code-session-id': 'a-session' }
  await (await suite.gateway.send(messageFor('claude-sonnet-5'), session)).text()
})

test.each(LOOKS)('sign-in has nothing that keeps anybody out (dark: $dark)', async (look) => {
  await (await suite.operatorsPage()).page.close()
  const { page } = await suite.strangersPage(look)
  await page.goto('/login')
  await page.getByRole('heading', { name: 'Sign in' }).waitFor()
  expect(await findingsOn(page)).toEqual([])
  await page.goto('/my-usage')
  await page.getByLabel('Your gateway key').fill(suite.gateway.key)
  expect(await findingsOn(page)).toEqual([])
  await page.keyboard.press('Enter')
  await page.getByText('Cost by day').waitFor()
  expect(await findingsOn(page)).toEqual([])
})

test.each(LOOKS)('the pages have nothing that keeps anybody out (dark: $dark)', SLOW, async (look) => {
  const { page } = await suite.operatorsPage(look)
  const found: Record<string, string[]> = {}
  for (const { path, heading, shows } of PAGES) {
    await page.goto(path)
    await page.getByRole('heading', { name: heading, level: 1 }).waitFor()
    if (shows) await page.getByText(shows, { exact: true }).first().waitFor()
    await page.waitForLoadState('networkidle').catch(() => {})
    found[path] = await findingsOn(page)
  }
  expect(found).toEqual(Object.fromEntries(PAGES.map(({ path }) => [path, []])))
})

test('neither has the palette, nor the keys that it stands beside', async () => {
  const { page } = await suite.operatorsPage()
  await page.goto('/keys')
  await page.getByRole('heading', { name: 'Keys' }).waitFor()
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: 'Search or go to' }).waitFor()
  expect(await findingsOn(page)).toEqual([])
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
  await page.keyboard.press('?')
  await page.getByText('Search or go to anything').waitFor()
  expect(await findingsOn(page)).toEqual([])
})
