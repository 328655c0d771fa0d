/** Acts as an operator in the console: sets up, signs in, and reads what is on the page. */
import type { Browser, BrowserContext, Page, Request } from 'playwright-core'

export const OPERATOR = { username: 'ada', password: 'a long enough password' }

export interface Look {
  width?: number
  height?: number
  dark?: boolean
  language?: 'en' | 'zh-CN'
}

/** How long a page may take to show what is waited for, on a machine that does other things as well. */
const STEP_MS = 20_000
const DESK = { width: 1440, height: 900 }

/** A fresh browser profile that looks at the console; whoever opens it closes it. */
export async function openConsole(
  browser: Browser,
  baseURL: string,
  look: Look = {},
): Promise<BrowserContext> {
  const context = await browser.newContext({
    baseURL,
    viewport: { width: look.width ?? DESK.width, height: look.height ?? DESK.height },
    colorScheme: look.dark ? 'dark' : 'light',
    locale: look.language ?? 'en',
    reducedMotion: 'reduce',
  })
  context.setDefaultTimeout(STEP_MS)
  return context
}

/** Creates the first operator through the API, and carries its session into the browser. */
export async function setUpOperator(context: BrowserContext, setupUrl: string): Promise<void> {
  const token = new URL(setupUrl).searchParams.get('token')
  await post(context, '/api/auth/setup', { token, ...OPERATOR })
}

/** Signs an existing operator in, without the form. */
export async function signIn(context: BrowserContext): Promise<void> {
  await post(context, '/api/auth/login', OPERATOR)
}

async function post(context: BrowserContext, path: string, data: object): Promise<void> {
  const answer = await context.request.post(path, { data })
  if (!answer.ok()) throw new Error(`POST ${path} answered ${answer.status()}: ${await answer.text()}`)
}

/** Collects what must not happen on a page: errors, console errors, and requests to anybody but the gateway. */
export function watchFor(page: Page, origin: string): readonly string[] {
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(`error: ${error.message}`))
  page.on('console', (line) => {
    if (line.type() === 'error' || line.type() === 'warning') faults.push(`console: ${line.text()}`)
  })
  page.on('request', (request) => {
    if (!request.url().startsWith(origin)) faults.push(`request: ${request.url()}`)
  })
  return faults
}

/** What stands on the page, and what it still waits for: read where a test has failed. */
export function storyOf(page: Page, faults: readonly string[]): () => Promise<string> {
  const waiting = new Set<Request>()
  page.on('request', (request) => waiting.add(request))
  page.on('requestfinished', (request) => waiting.delete(request))
  page.on('requestfailed', (request) => waiting.delete(request))
  return async () =>
    [
      page.url(),
      ...faults,
      ...[...waiting].map((request) => `unanswered: ${request.method()} ${request.url()}`),
      await page.locator('body').ariaSnapshot(),
    ].join('\n')
}
