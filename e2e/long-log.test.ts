/** A log that is longer than what a browser can draw, in a real browser; the answers are made up, since nobody sends so many requests. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { messageFor } from '../backend/test/support/gateway.ts'
import { consoleSuite } from './support/console-suite.ts'

const suite = consoleSuite()

/** On a telephone a page holds 54,794 of its cards; a row's model says its id. */
const TELEPHONE = { width: 390, height: 844 }
const ROWS = 56_000
const PAGE_ROWS = 3000
const CARD_PX = 146
const HIGHEST_PX = 8_000_000

async function answerWithMany(page: Page): Promise<void> {
  await (await suite.gateway.send(messageFor('claude-sonnet-5'))).text()
  const [one] = await suite.gateway.logs(1)
  await page.route(/\/api\/stats\/logs\?/, (route) => {
    const cursor = new URL(route.request().url()).searchParams.get('cursor')
    const newest = cursor === null ? ROWS : Number(cursor) - 1
    const length = Math.min(PAGE_ROWS, newest)
    const data = Array.from({ length }, (_, at) => ({
      ...one,
      attempts: [],
      price: null,
      id: newest - at,
      requested_model: `model-${newest - at}`,
    }))
    return route.fulfill({
      json: { data, next_cursor: length < newest ? String(newest - length + 1) : null },
    })
  })
}

/** The id of the request in the middle of the screen. */
const idInSight = async (page: Page): Promise<number> => {
  const card = `document.elementFromPoint(${TELEPHONE.width / 2}, ${TELEPHONE.height / 2})?.closest('[data-index]')`
  const model = await page.evaluate(`${card}?.querySelector('a')?.textContent ?? ''`)
  return Number(String(model).replace('model-', ''))
}

test('one scrolls on to the very last request, back over where the page was cut, and home again', async () => {
  await suite.gateway.addChannel({ base_url: suite.upstream.url })
  const { page, faults } = await suite.operatorsPage(TELEPHONE)
  await answerWithMany(page)
  await page.goto('/requests')
  await page.getByRole('link', { name: `model-${ROWS}`, exact: true }).waitFor()
  const last = page.getByRole('link', { name: 'model-1', exact: true })
  await expect
    .poll(
      async () => {
        await page.evaluate('window.scrollTo(0, document.documentElement.scrollHeight)')
        return last.count()
      },
      { timeout: 100_000 },
    )
    .toBe(1)
  await page.getByText('That is all there is').waitFor()
  expect(await page.evaluate('document.documentElement.scrollHeight')).toBeLessThan(HIGHEST_PX)
  await page.evaluate(`window.scrollTo(0, ${CARD_PX * 300})`)
  await expect.poll(() => idInSight(page)).toBeGreaterThan(20_000)
  const before = await idInSight(page)
  await page.evaluate(`window.scrollBy(0, ${-CARD_PX * 150})`)
  await expect.poll(() => idInSight(page)).toBe(before + 150)
  expect(await page.evaluate('window.scrollY')).toBeGreaterThan(CARD_PX * 10_000)
  await page.evaluate('window.scrollTo(0, 0)')
  await page.getByRole('link', { name: `model-${ROWS}`, exact: true }).waitFor()
  expect(faults).toEqual([])
})
