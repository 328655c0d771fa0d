/**
 * Takes a picture of every page, wide and narrow, light and dark, in both languages: `npm run screenshots`.
 * A pattern after it chooses pictures by their file name: `npm run screenshots -- 'channel.*wide-dark'`.
 */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { startGateway, type TestGateway } from '../backend/test/support/gateway.ts'
import { launchBrowser } from './support/browser.ts'
import { type Look, openConsole, setUpOperator, signIn, watchFor } from './support/console-page.ts'
import { openOffice } from './support/office.ts'
import { BEFORE_SET_UP, EMPTY, inside, outside, type Shot } from './support/shots.ts'

/** A gateway in one condition, and what is to be seen of it. */
interface Scene {
  readonly gateway: TestGateway
  readonly shots: readonly Shot[]
  readonly signedIn: boolean
  /** Makes happen what passes by itself, such as an outage. */
  readonly before?: () => Promise<void>
}

interface NamedLook extends Look {
  readonly suffix: string
}

const FOLDER = fileURLToPath(new URL('../screenshots/', import.meta.url))
const CHOICE = new RegExp(process.argv[2] ?? '')
/** Pages that load at once: more of them than cores only wait for each other. */
const AT_ONCE = 2
/** Long enough for what appears to begin to move. */
const MOVING_MS = 150
const MOVED =
  'Promise.all(document.getAnimations().filter(({ effect }) => effect.getTiming().iterations !== Infinity).map(({ finished }) => finished.catch(() => null))).then(() => null)'
const SIZES = {
  wide: { width: 1440, height: 900 },
  narrow: { width: 390, height: 844 },
  huge: { width: 2560, height: 1440 },
}
const LOOKS: readonly NamedLook[] = Object.entries(SIZES).flatMap(([size, pixels]) =>
  [false, true].flatMap((dark) =>
    (['en', 'zh-CN'] as const).map((language) => ({
      suffix: `${size}-${dark ? 'dark' : 'light'}-${language}`,
      ...pixels,
      dark,
      language,
    })),
  ),
)

/** Whatever is on its way has come, no skeleton is left, and nothing moves any more. */
async function settle(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle', { timeout: 2000 }).catch(() => undefined)
  await page.locator('.ant-skeleton').first().waitFor({ state: 'detached' })
  await page.waitForTimeout(MOVING_MS)
  await page.evaluate(MOVED)
}

async function takeShot(context: BrowserContext, shot: Shot, file: string, origin: string): Promise<void> {
  const page = await context.newPage()
  const faults = watchFor(page, origin)
  try {
    await page.goto(shot.path)
    await page.locator('h1, h2').first().waitFor()
    await settle(page)
    if (shot.arrange) {
      await shot.arrange(page)
      await settle(page)
    }
  } catch (error) {
    process.stdout.write(`${file}: ${error}\n`)
  }
  await page.screenshot({ path: file })
  const outward: number = await page.evaluate('document.documentElement.scrollWidth - innerWidth')
  if (outward > 0) process.stdout.write(`${file}: sticks out by ${outward} px\n`)
  for (const fault of faults) process.stdout.write(`${file}: ${fault}\n`)
  await page.close()
}

async function takeScene(browser: Browser, scene: Scene, look: NamedLook): Promise<void> {
  const isHuge = look.width === SIZES.huge.width
  const shown = isHuge ? scene.shots.filter(({ roomy }) => roomy) : scene.shots
  const chosen = shown.filter(({ name }) => CHOICE.test(`${name}-${look.suffix}`))
  if (chosen.length === 0) return
  const { url } = scene.gateway
  const context = await openConsole(browser, url, look)
  if (scene.signedIn) await signIn(context)
  await scene.before?.()
  for (const shot of chosen)
    await takeShot(context, shot, join(FOLDER, `${shot.name}-${look.suffix}.png`), url)
  await context.close()
}

async function photograph(browser: Browser, scenes: readonly Scene[]): Promise<void> {
  const work = LOOKS.flatMap((look) => scenes.map((scene) => () => takeScene(browser, scene, look)))
  const worker = async () => {
    for (let next = work.shift(); next; next = work.shift()) await next()
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
}

async function setUp(browser: Browser, { app, url }: TestGateway): Promise<void> {
  const context = await openConsole(browser, url)
  await setUpOperator(context, app.setupUrl ?? '')
  await context.close()
}

await mkdir(FOLDER, { recursive: true })
// The office first: it bends the clock of this process for as long as it lives through its weeks.
const office = await openOffice()
const [browser, empty] = await Promise.all([launchBrowser(), startGateway()])
try {
  await photograph(browser, [{ gateway: empty, shots: BEFORE_SET_UP, signedIn: false }])
  await Promise.all([setUp(browser, office.gateway), setUp(browser, empty)])
  await photograph(browser, [
    { gateway: office.gateway, shots: inside(office), signedIn: true, before: office.loseRelay },
    { gateway: office.gateway, shots: outside(office), signedIn: false },
    { gateway: empty, shots: EMPTY, signedIn: true },
  ])
  process.stdout.write(`${FOLDER}\n`)
} finally {
  await browser.close()
  await Promise.all([office.close(), empty.close()])
}
