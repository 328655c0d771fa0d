/** Takes a picture of every page, wide and narrow, light and dark, in both languages: `node e2e/screenshots.ts [folder]`. */
import { mkdir, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { startGateway, type TestGateway } from '../backend/test/support/gateway.ts'
import { launchBrowser } from './support/browser.ts'
import { type Look, openConsole, setUpOperator, signIn, watchFor } from './support/console-page.ts'
import { openOffice } from './support/office.ts'

interface Shot {
  name: string
  path: string
  /** Brings the page into the state to be pictured. */
  arrange?: (page: Page) => Promise<void>
}

const SIZES = [
  { name: 'wide', width: 1440, height: 900 },
  { name: 'narrow', width: 390, height: 844 },
]

const FIRST: readonly Shot[] = [
  { name: 'first-login', path: '/login' },
  {
    name: 'first-setup',
    path: '/setup?token=x',
    arrange: (page) => page.locator('button[type=submit]').click(),
  },
]

const OUTSIDE: readonly Shot[] = [{ name: 'login', path: '/login' }]

const INSIDE: readonly Shot[] = [
  { name: 'channels', path: '/channels' },
  { name: 'channel-new', path: '/channels?edit=new', arrange: pressSubmit },
  { name: 'channel-edit', path: '/channels?edit=1' },
  { name: 'channel-test', path: '/channels?test=3', arrange: pressSubmit },
  { name: 'mappings', path: '/mappings' },
  { name: 'mapping-new', path: '/mappings?edit=new' },
  { name: 'keys', path: '/keys' },
  { name: 'key-created', path: '/keys?edit=new', arrange: createKey },
  { name: 'requests', path: '/requests' },
  { name: 'request', path: '/requests?request=10' },
  { name: 'nothing', path: '/requests?session_id=none' },
]

const EMPTY: readonly Shot[] = [
  { name: 'empty-channels', path: '/channels' },
  { name: 'empty-mappings', path: '/mappings' },
  { name: 'empty-requests', path: '/requests' },
]

async function pressSubmit(page: Page): Promise<void> {
  await page.locator('[role=dialog] button[type=submit]').click()
}

async function createKey(page: Page): Promise<void> {
  await page.locator('[role=dialog] input').first().fill('Photographer')
  await pressSubmit(page)
  await page.locator('[role=dialog] pre').first().waitFor()
}

/** Photographs a list of pages in one look. */
async function take(
  browser: Browser,
  place: { url: string; folder: string; look: Look; size: string },
  shots: readonly Shot[],
  enter: boolean,
) {
  const { url, folder, look, size } = place
  const context = await openConsole(browser, url, look)
  if (enter) await signIn(context)
  for (const { name, path, arrange } of shots) {
    const page = await context.newPage()
    const faults = watchFor(page, url)
    await page.goto(path)
    await page.locator('h1, h2').first().waitFor()
    await page.waitForTimeout(400)
    await arrange?.(page)
    await page.waitForTimeout(500)
    const file = [name, size, look.dark ? 'dark' : 'light', look.language].join('-')
    await page.screenshot({ path: join(folder, `${file}.png`) })
    for (const fault of faults) process.stdout.write(`${file}: ${fault}\n`)
    await page.close()
  }
  await context.close()
}

async function main(): Promise<void> {
  const folder = process.argv[2] ?? (await mkdtemp(join(tmpdir(), 'console-')))
  await mkdir(folder, { recursive: true })
  const [browser, office, empty] = await Promise.all([launchBrowser(), openOffice(), startGateway()])
  try {
    await photograph(browser, folder, office.gateway, empty)
    process.stdout.write(`${folder}\n`)
  } finally {
    await browser.close()
    await Promise.all([office.close(), empty.close()])
  }
}

/** The empty gateway is seen before and after its first operator; the busy one from outside and from inside. */
async function photograph(
  browser: Browser,
  folder: string,
  busy: TestGateway,
  empty: TestGateway,
): Promise<void> {
  const looks = SIZES.flatMap(({ name, ...size }) =>
    [false, true].flatMap((dark) =>
      (['en', 'zh-CN'] as const).map((language) => ({ size: name, look: { ...size, dark, language } })),
    ),
  )
  for (const look of looks) await take(browser, { url: empty.url, folder, ...look }, FIRST, false)
  for (const { app, url } of [busy, empty]) {
    const context = await openConsole(browser, url)
    await setUpOperator(context, app.setupUrl ?? '')
    await context.close()
  }
  for (const look of looks) {
    await take(browser, { url: busy.url, folder, ...look }, OUTSIDE, false)
    await take(browser, { url: busy.url, folder, ...look }, INSIDE, true)
    await take(browser, { url: empty.url, folder, ...look }, EMPTY, true)
  }
}

await main()
