/** What a browser has to load before anybody can sign in. */
import { gzipSync } from 'node:zlib'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { consoleSuite } from './support/console-suite.ts'

const suite = consoleSuite()

const WORTH_COMPRESSING_BYTES = 2048
/** The budget of a first load, in bytes of script as gzip makes them. */
const BUDGETS = [{ path: '/login', bytes: 300_000 }]

/** The scripts that the page has fetched, by address. */
const scriptsOf = (page: Page): Promise<string[]> =>
  page.evaluate(
    `performance.getEntriesByType('resource').map(({ name }) => name).filter((name) => name.endsWith('.js'))`,
  )

async function gzippedBytes(address: string): Promise<number> {
  const answer = await fetch(address)
  return gzipSync(Buffer.from(await answer.arrayBuffer()), { level: 9 }).length
}

test.each(BUDGETS)('$path needs at most $bytes bytes of script', async ({ path, bytes }) => {
  const { page } = await suite.strangersPage()
  await page.goto(path)
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.waitForLoadState('networkidle')
  const scripts = await scriptsOf(page)
  const sizes = await Promise.all(scripts.map(gzippedBytes))
  expect(scripts.length).toBeGreaterThan(3)
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(bytes)
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
