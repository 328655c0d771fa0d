/** What every browser test stands on: one browser a file; a gateway and a fake upstream of its own for each test. */
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, onTestFinished, vi } from 'vitest'
import {
  type FakeUpstream,
  startFakeUpstream,
} from '../../backend/test/support/fake-upstream/fake-upstream.ts'
import { startGateway, type TestGateway } from '../../backend/test/support/gateway.ts'
import { launchBrowser } from './browser.ts'
import { type Look, openConsole, setUpOperator, signIn, storyOf, watchFor } from './console-page.ts'

export interface ConsoleSuite {
  readonly gateway: TestGateway
  readonly upstream: FakeUpstream
  /** A page that nobody has signed in on. */
  strangersPage(look?: Look): Promise<WatchedPage>
  /** A page on which an operator is signed in. */
  operatorsPage(look?: Look): Promise<WatchedPage>
}

interface WatchedPage {
  readonly page: Page
  /** Errors on the page or its console, and requests to anybody but the gateway. */
  readonly faults: readonly string[]
}

/** A whole journey, each step of which comes at once on a free machine; none is given up because others work as well. */
const JOURNEY_MS = 120_000

export function consoleSuite(): ConsoleSuite {
  vi.setConfig({ testTimeout: JOURNEY_MS })
  let browser: Browser
  let gateway: TestGateway
  let upstream: FakeUpstream
  beforeAll(async () => {
    browser = await launchBrowser()
  })
  afterAll(() => browser.close())
  beforeEach(async () => {
    ;[gateway, upstream] = await Promise.all([startGateway(), startFakeUpstream()])
  })
  afterEach(() => Promise.all([gateway.close(), upstream.close()]))

  const open = async (look: Look, enter: boolean): Promise<WatchedPage> => {
    const context = await openConsole(browser, gateway.url, look)
    if (enter) await enterAs(context, gateway)
    const page = await context.newPage()
    const faults = watchFor(page, gateway.url)
    const story = storyOf(page, faults)
    onTestFinished(async ({ task }) => {
      if (task.result?.state === 'fail') process.stderr.write(`${await story()}\n`)
      await context.close()
    })
    return { page, faults }
  }
  return {
    get gateway() {
      return gateway
    },
    get upstream() {
      return upstream
    },
    strangersPage: (look = {}) => open(look, false),
    operatorsPage: (look = {}) => open(look, true),
  }
}

type Context = Parameters<typeof signIn>[0]

/** The first to come makes the operator, later ones sign in as it. */
async function enterAs(context: Context, { app, admin }: TestGateway): Promise<void> {
  const { setup_needed } = await admin<{ setup_needed: boolean }>('GET', '/api/auth/session')
  if (setup_needed && app.setupUrl) await setUpOperator(context, app.setupUrl)
  else await signIn(context)
}

/** A button by its whole name. */
export function button(page: Page, name: string): Locator {
  return page.getByRole('button', { name, exact: true })
}
