/** What is pictured of the console: every page in its main states. */
import type { Page } from 'playwright-core'
import type { openOffice } from './office.ts'
import { SESSION } from './team.ts'

export interface Shot {
  readonly name: string
  readonly path: string
  /** It makes use of a very wide screen, and is pictured there too. */
  readonly roomy?: true
  /** Brings the page into the state to be pictured. */
  readonly arrange?: (page: Page) => Promise<void>
}

export type Office = Awaited<ReturnType<typeof openOffice>>

export const BEFORE_SET_UP: readonly Shot[] = [
  { name: 'first-login', path: '/login' },
  { name: 'first-setup', path: '/setup?token=x', arrange: (page) => page.locator('[type=submit]').click() },
]

export const EMPTY: readonly Shot[] = [
  { name: 'empty-dashboard', path: '/' },
  { name: 'empty-channels', path: '/channels' },
  { name: 'empty-mappings', path: '/mappings' },
  { name: 'empty-keys', path: '/keys' },
  { name: 'empty-requests', path: '/requests' },
  { name: 'empty-sessions', path: '/sessions' },
  { name: 'start', path: '/start' },
]

export function outside({ secret }: Office): readonly Shot[] {
  return [
    { name: 'login', path: '/login' },
    { name: 'my-usage-door', path: '/my-usage' },
    { name: 'my-usage', path: '/my-usage', arrange: (page) => enterKey(page, secret) },
  ]
}

export function inside({ requests }: Office): readonly Shot[] {
  const { answered, moved, failed } = requests
  return [
    { name: 'dashboard', path: '/?range=7d', roomy: true },
    { name: 'dashboard-below', path: '/?range=7d&by=key', arrange: scrollDown },
    { name: 'start-done', path: '/start' },
    { name: 'requests', path: '/requests', roomy: true },
    { name: 'request-answered', path: `/requests?request=${answered}` },
    { name: 'request-bodies', path: `/requests?request=${answered}`, arrange: showBodies },
    { name: 'request-moved', path: `/requests?request=${moved}` },
    { name: 'request-failed', path: `/requests?request=${failed}` },
    { name: 'requests-compared', path: `/requests?request=${moved}&compare=${answered}` },
    { name: 'requests-filtered', path: '/requests?status=200&min_duration_ms=100' },
    { name: 'requests-none', path: '/requests?session_id=none' },
    { name: 'sessions', path: '/sessions' },
    {
      name: 'session',
      path: `/sessions/${SESSION}`,
      arrange: (page) => page.locator('[data-order="8"]').focus(),
    },
    { name: 'playground', path: '/playground', arrange: askInPlayground },
    { name: 'channels', path: '/channels' },
    { name: 'channel-new', path: '/channels?edit=new', arrange: submit },
    { name: 'channel-edit', path: '/channels?edit=1' },
    { name: 'channel', path: '/channels/1' },
    { name: 'channel-away', path: '/channels/3' },
    { name: 'channel-pause', path: '/channels?pause=1' },
    { name: 'channel-delete', path: '/channels?delete=3' },
    { name: 'channel-test', path: '/channels?test=3', arrange: submit },
    { name: 'mappings', path: '/mappings' },
    { name: 'mappings-route', path: '/mappings?model=claude-haiku-4-5' },
    { name: 'mapping-new', path: '/mappings?edit=new' },
    { name: 'keys', path: '/keys' },
    { name: 'key', path: '/keys/2' },
    { name: 'key-edit', path: '/keys?edit=2', arrange: openGroups },
    { name: 'key-rotate', path: '/keys/2?rotate=2' },
    { name: 'team-budgets', path: '/keys?view=teams' },
    { name: 'key-created', path: '/keys?edit=new', arrange: createKey },
    { name: 'invoices', path: '/invoices' },
    { name: 'settings', path: '/settings' },
    { name: 'rule-new', path: '/settings?rule=new' },
    { name: 'prices', path: '/prices?model=claude-sonnet-5' },
    { name: 'price-new', path: '/prices?edit=new', arrange: submit },
    { name: 'prices-repricing', path: '/prices', arrange: comparePrices },
    { name: 'operators', path: '/operators' },
    { name: 'audit', path: '/audit' },
    { name: 'system', path: '/system' },
    { name: 'palette', path: '/channels', arrange: openPalette },
    { name: 'help', path: '/channels', arrange: openHelp },
    { name: 'menu', path: '/keys', arrange: openMenu },
    { name: 'not-found', path: '/no-such-page' },
    { name: 'sign-in-again', path: '/keys?edit=new', arrange: endSession },
  ]
}

async function submit(page: Page): Promise<void> {
  await page.locator('[role=dialog] button[type=submit]').click()
}

async function scrollDown(page: Page): Promise<void> {
  await page.evaluate('window.scrollTo(0, document.documentElement.scrollHeight)')
}

async function enterKey(page: Page, secret: string): Promise<void> {
  await page.locator('main input, form input').first().fill(secret)
  await page.locator('[type=submit]').click()
  await page.getByRole('meter').first().waitFor()
}

async function openGroups(page: Page): Promise<void> {
  const closed = page.locator('[role=dialog] details:not([open]) > summary')
  while ((await closed.count()) > 0) await closed.first().click()
}

async function createKey(page: Page): Promise<void> {
  await page.locator('[role=dialog] input').first().fill('Photographer')
  await submit(page)
  await page.locator('[role=dialog] pre').first().waitFor()
}

async function showBodies(page: Page): Promise<void> {
  const show = page.getByRole('button', { name: /Show request and answer|显示请求/ })
  await show.click()
  await page.locator('[role=dialog] pre, [role=dialog] details').last().scrollIntoViewIfNeeded()
}

async function comparePrices(page: Page): Promise<void> {
  await page.getByRole('button', { name: /Show the difference|查看差额/ }).click()
  await page.locator('main section').last().scrollIntoViewIfNeeded()
}

async function openPalette(page: Page): Promise<void> {
  await page.keyboard.press('Control+k')
  await page.locator('[role=combobox]').last().fill('rel')
}

async function openHelp(page: Page): Promise<void> {
  await page.keyboard.press('?')
  await page.getByRole('dialog').waitFor()
}

async function openMenu(page: Page): Promise<void> {
  await page.locator('[aria-label*=": ada"]').click()
  await page.getByRole('menu').waitFor()
}

async function askInPlayground(page: Page): Promise<void> {
  const [key, send] = [page.locator('[placeholder^=gk-]'), page.locator('main [type=submit]')]
  await key.locator('xpath=following::button[1]').click()
  await page.locator('main [type=submit]:enabled').waitFor()
  await page.locator('main textarea').first().fill('Why is the sky blue?')
  await send.click()
  await page.locator('main a[href*=request_id]').waitFor()
}

/** The last of all: nobody is signed in after it. */
async function endSession(page: Page): Promise<void> {
  await page.locator('[role=dialog] input').first().fill('Half typed')
  await page.context().clearCookies()
  await submit(page)
}
