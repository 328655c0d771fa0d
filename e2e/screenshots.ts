/** Takes a picture of every page, wide and narrow, light and dark, in both languages: `node e2e/screenshots.ts [folder]`. */
import { mkdir, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { startGateway, type TestGateway } from '../backend/test/support/gateway.ts'
import { launchBrowser } from './support/browser.ts'
import { type Look, openConsole, setUpOperator, signIn, watchFor } from './support/console-page.ts'
import { openOffice } from './support/office.ts'
import { openTeamRoom, SESSION } from './support/team.ts'

interface Shot {
  readonly name: string
  readonly path: string
  /** Brings the page into the state to be pictured. */
  readonly arrange?: (page: Page) => Promise<void>
}

/** A gateway in one condition, and what is to be seen of it. */
interface Scene {
  readonly gateway: TestGateway
  readonly shots: readonly Shot[]
  readonly signedIn: boolean
  /** Makes happen what passes by itself, such as an outage. */
  readonly before?: () => Promise<void>
}

const SETTLED_MS = 500
const SIZES = { wide: { width: 1440, height: 900 }, narrow: { width: 390, height: 844 } }
const LOOKS = Object.entries(SIZES).flatMap(([size, pixels]) =>
  [false, true].flatMap((dark) =>
    (['en', 'zh-CN'] as const).map((language) => ({
      suffix: `${size}-${dark ? 'dark' : 'light'}-${language}`,
      look: { ...pixels, dark, language },
    })),
  ),
)

const BEFORE_SET_UP: readonly Shot[] = [
  { name: 'first-login', path: '/login' },
  { name: 'first-setup', path: '/setup?token=x', arrange: (page) => page.locator('[type=submit]').click() },
]
const OUTSIDE: readonly Shot[] = [{ name: 'login', path: '/login' }]
const EMPTY: readonly Shot[] = [
  { name: 'empty-channels', path: '/channels' },
  { name: 'empty-mappings', path: '/mappings' },
  { name: 'empty-requests', path: '/requests' },
]
const BUSY: readonly Shot[] = [
  { name: 'dashboard', path: '/' },
  { name: 'channels', path: '/channels' },
  { name: 'channel-new', path: '/channels?edit=new', arrange: submit },
  { name: 'channel-edit', path: '/channels?edit=1' },
  { name: 'channel', path: '/channels/3' },
  { name: 'channel-pause', path: '/channels?pause=1' },
  { name: 'channel-delete', path: '/channels?delete=3' },
  { name: 'channel-test', path: '/channels?test=3', arrange: submit },
  { name: 'mappings', path: '/mappings' },
  { name: 'mapping-new', path: '/mappings?edit=new' },
  { name: 'menu', path: '/keys', arrange: (page) => page.locator('[aria-label*=": ada"]').click() },
  { name: 'requests', path: '/requests' },
  { name: 'request-answered', path: '/requests?request=3' },
  { name: 'request-failed', path: '/requests?request=10' },
  { name: 'requests-compared', path: '/requests?request=10&compare=3' },
  { name: 'requests-filtered', path: '/requests?status=200&min_duration_ms=100' },
  { name: 'nothing', path: '/requests?session_id=none' },
  { name: 'playground', path: '/playground', arrange: askInPlayground },
  { name: 'settings', path: '/settings' },
  { name: 'rule-new', path: '/settings?rule=new' },
  { name: 'prices', path: '/prices?model=claude-sonnet-5' },
  { name: 'price-new', path: '/prices?edit=new', arrange: submit },
  { name: 'operators', path: '/operators' },
  { name: 'audit', path: '/audit' },
  { name: 'system', path: '/system' },
  { name: 'not-found', path: '/no-such-page' },
]

/** Of a gateway on which a team has a session behind it. */
const TEAM: readonly Shot[] = [
  { name: 'keys', path: '/keys' },
  { name: 'key', path: '/keys/2' },
  { name: 'key-edit', path: '/keys?edit=2', arrange: openGroups },
  { name: 'key-rotate', path: '/keys/2?rotate=2' },
  { name: 'key-created', path: '/keys?edit=new', arrange: createKey },
  { name: 'team-budgets', path: '/keys?view=teams' },
  { name: 'invoices', path: '/invoices' },
  { name: 'sessions', path: '/sessions' },
  {
    name: 'session',
    path: `/sessions/${SESSION}`,
    arrange: (page) => page.locator('[data-order="8"]').focus(),
  },
]
const HOLDER: readonly Shot[] = [{ name: 'my-usage-key', path: '/my-usage' }]
const holds = (secret: string): Shot => ({
  name: 'my-usage',
  path: '/my-usage',
  arrange: async (page) => {
    await page.locator('input').first().fill(secret)
    await page.locator('[type=submit]').click()
    await page.locator('meter').first().waitFor({ state: 'attached' })
  },
})

async function openGroups(page: Page): Promise<void> {
  for (const summary of await page.locator('[role=dialog] details:not([open]) summary').all())
    await summary.click()
}

async function submit(page: Page): Promise<void> {
  await page.locator('[role=dialog] button[type=submit]').click()
}

async function createKey(page: Page): Promise<void> {
  await page.locator('[role=dialog] input').first().fill('Photographer')
  await submit(page)
  await page.locator('[role=dialog] pre').first().waitFor()
}

async function askInPlayground(page: Page): Promise<void> {
  const [key, send] = [page.locator('[placeholder^=gk-]'), page.locator('main [type=submit]')]
  await key.locator('xpath=following::button[1]').click()
  await page.locator('main [type=submit]:enabled').waitFor()
  await page.locator('main textarea').first().fill('Why is the sky blue?')
  await send.click()
  await page.locator('main a[href*=request_id]').waitFor()
}

async function takeShot(context: BrowserContext, shot: Shot, file: string, origin: string): Promise<void> {
  const page = await context.newPage()
  const faults = watchFor(page, origin)
  await page.goto(shot.path)
  await page.locator('h1, h2').first().waitFor()
  await page.waitForTimeout(SETTLED_MS)
  await shot.arrange?.(page)
  await page.waitForTimeout(SETTLED_MS)
  await page.screenshot({ path: file })
  for (const fault of faults) process.stdout.write(`${file}: ${fault}\n`)
  await page.close()
}

async function takeScene(browser: Browser, scene: Scene, look: Look, fileOf: (name: string) => string) {
  const { url } = scene.gateway
  const context = await openConsole(browser, url, look)
  if (scene.signedIn) await signIn(context)
  await scene.before?.()
  for (const shot of scene.shots) await takeShot(context, shot, fileOf(shot.name), url)
  await context.close()
}

async function setUp(browser: Browser, { app, url }: TestGateway): Promise<void> {
  const context = await openConsole(browser, url)
  await setUpOperator(context, app.setupUrl ?? '')
  await context.close()
}

async function photograph(browser: Browser, folder: string, scenes: readonly Scene[]): Promise<void> {
  for (const { suffix, look } of LOOKS) {
    const fileOf = (name: string) => join(folder, `${name}-${suffix}.png`)
    await Promise.all(scenes.map((scene) => takeScene(browser, scene, look, fileOf)))
  }
}

async function main(): Promise<void> {
  const folder = process.argv[2] ?? (await mkdtemp(join(tmpdir(), 'console-')))
  await mkdir(folder, { recursive: true })
  // Before the others: it turns the clock back while it is set up.
  const team = await openTeamRoom()
  const [browser, office, empty] = await Promise.all([launchBrowser(), openOffice(), startGateway()])
  try {
    await photograph(browser, folder, [{ gateway: empty, shots: BEFORE_SET_UP, signedIn: false }])
    await Promise.all([office, team, { gateway: empty }].map(({ gateway }) => setUp(browser, gateway)))
    await photograph(browser, folder, [
      { gateway: office.gateway, shots: OUTSIDE, signedIn: false },
      { gateway: office.gateway, shots: BUSY, signedIn: true, before: office.loseRelay },
      { gateway: empty, shots: EMPTY, signedIn: true },
      { gateway: team.gateway, shots: TEAM, signedIn: true },
      { gateway: team.gateway, shots: [...HOLDER, holds(team.secret)], signedIn: false },
    ])
    process.stdout.write(`${folder}\n`)
  } finally {
    await browser.close()
    await Promise.all([office.close(), team.close(), empty.close()])
  }
}

await main()
