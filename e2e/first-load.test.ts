/** What a browser has to load before anybody can sign in, and for the page that opens after that. */
import { gzipSync } from 'node:zlib'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { messageFor } from '../backend/test/support/gateway.ts'
import { consoleSuite } from './support/console-suite.ts'

const suite = consoleSuite()

const WORTH_COMPRESSING_BYTES = 2048
/** The budgets of a first load, in bytes of script as gzip makes them. */
const SIGN_IN_BYTES = 300_000
const DASHBOARD_BYTES = 520_000

/** The scripts that the page has fetched, by address; what was fetched ahead is listed once more when it is run. */
async function scriptsOf(page: Page): Promise<string[]> {
  const names: string[] = await page.evaluate(
    `performance.getEntriesByType('resource').map(({ name }) => name).filter((name) => name.endsWith('.js'))`,
  )
  return [...new Set(names)]
}

async function gzippedBytes(address: string): Promise<number> {
  const answer = await fetch(address)
  return gzipSync(Buffer.from(await answer.arrayBuffer()), { level: 9 }).length
}

/** Of everything that the page has fetched. */
async function scriptBytes(page: Page): Promise<number> {
  await page.waitForLoadState('networkidle')
  const scripts = await scriptsOf(page)
  expect(scripts.length).toBeGreaterThan(3)
  const sizes = await Promise.all(scripts.map(gzippedBytes))
  return sizes.reduce((sum, size) => sum + size, 0)
}

test(`sign-in needs at most ${SIGN_IN_BYTES} bytes of script`, async () => {
  const { page } = await suite.strangersPage()
  await page.goto('/login')
  await page.getByRole('heading', { level: 1 }).waitFor()
  expect(await scriptBytes(page)).toBeLessThanOrEqual(SIGN_IN_BYTES)
})

test(`the dashboard with its charts needs at most ${DASHBOARD_BYTES}, and only it fetches what draws them`, async () => {
  await suite.gateway.addChannel({ name: 'Team account', base_url: suite.upstream.url })
  await (await suite.gateway.send(messageFor('claude-sonnet-5'))).text()
  await suite.gateway.logs(1)
  const { page } = await suite.operatorsPage()
  const drawing = async () => (await scriptsOf(page)).filter((name) => name.includes('stack-chart'))
  await page.goto('/channels')
  await page.getByRole('link', { name: 'Team account' }).waitFor()
  expect(await drawing()).toEqual([])
  await page.goto('/')
  await page.locator('.recharts-bar-rectangle').first().waitFor()
  expect(await drawing()).not.toEqual([])
  expect(await scriptBytes(page)).toBeLessThanOrEqual(DASHBOARD_BYTES)
})

test('a stranger who asks for a page loads the sign-in and not the page', async () => {
  await (await suite.operatorsPage()).page.close()
  const { page } = await suite.strangersPage()
  await page.goto('/requests')
  await page.getByRole('heading', { name: 'Sign in' }).waitFor()
  const names = (await scriptsOf(page)).map((address) => new URL(address).pathname)
  expect(names.filter((name) => /requests-page|layout-/.test(name) && !/door-layout/.test(name))).toEqual([])
})

test('scripts come compressed', async () => {
  const { page } = await suite.strangersPage()
  const encodings: (string | undefined)[] = []
  page.on('response', (response) => {
    const size = Number(response.headers()['content-length'])
    if (response.url().endsWith('.js') && size > WORTH_COMPRESSING_BYTES)
      encodings.push(response.headers()['content-encoding'])
  })
  await page.goto('/login')
  await page.waitForLoadState('networkidle')
  expect(encodings.length).toBeGreaterThan(0)
  // A browser takes brotli only from an origin that it trusts, such as this machine.
  expect(encodings.filter((encoding) => encoding !== 'br' && encoding !== 'gzip')).toEqual([])
})
