/** Sessions in a real browser: the list, the tree of agents, the timeline, and on to a request. */
import { expect, test } from 'vitest'
import { consoleSuite } from './support/console-suite.ts'
import { SESSION, talkInSession } from './support/team.ts'

const suite = consoleSuite()

/** A whole journey, on one of few cores. */
const LONG = { timeout: 60_000 }

test(
  'a session is followed from the list to its agents, along its timeline, to one request in the log',
  LONG,
  async () => {
    const { gateway, upstream } = suite
    await gateway.addChannel({ base_url: upstream.url })
    await talkInSession({ gateway, upstream, secret: gateway.key, skip: () => {} })
    const { page, faults } = await suite.operatorsPage()
    await page.goto('/sessions')
    const order = page.getByRole('combobox', { name: 'Order' })
    await order.click()
    await page.getByTitle('Costliest first').click()
    await page.waitForURL(/order=cost/)
    await page.getByRole('searchbox').fill(SESSION.slice(0, 8))
    await page.getByRole('row', { name: new RegExp(`${SESSION}.*13`) }).click()
    await page.getByRole('heading', { name: SESSION }).waitFor()
    const tree = page.getByRole('table', { name: 'Tree of agents' }).getByRole('row')
    await expect.poll(() => tree.count()).toBe(5)
    const names = await tree.getByRole('rowheader').allInnerTexts()
    expect(names.map((name) => name.split('\n')[0])).toMatchObject([
      /^Main conversation/,
      /^Explore /,
      /^Plan /,
      /^general-purpose /,
    ])
    const [own, below] = await Promise.all(
      [3, 4].map((cell) =>
        tree
          .nth(3)
          .locator('td')
          .nth(cell - 1)
          .innerText(),
      ),
    )
    expect(Number(below?.replace('$', ''))).toBeGreaterThan(Number(own?.replace('$', '')))
    const bars = page.locator('a[data-order]')
    await expect.poll(() => bars.count()).toBe(13)
    expect(await page.locator('a[data-compaction=true]').count()).toBe(1)
    await page.getByRole('button', { name: 'Prompt 2' }).click()
    await expect.poll(() => page.locator('a[data-aside=true]').count()).toBe(8)
    await bars.first().focus()
    await page.keyboard.press('ArrowRight')
    expect(await bars.nth(1).evaluate((bar) => bar === bar.ownerDocument.activeElement)).toBe(true)
    await page.getByText(/claude-sonnet-5 · .*21\.8K read, 1\.2K written, 38 fresh/).waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').getByText(SESSION).first().waitFor()
    expect(faults).toEqual([])
  },
)

test('on a telephone a session fits, and its timeline alone scrolls', LONG, async () => {
  const { gateway, upstream } = suite
  await gateway.addChannel({ base_url: upstream.url })
  await talkInSession({ gateway, upstream, secret: gateway.key, skip: () => {} })
  const { page } = await suite.operatorsPage({ width: 390, height: 844 })
  for (const path of ['/sessions', `/sessions/${SESSION}`, '/keys', '/keys/1', '/invoices']) {
    await page.goto(path)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.waitForLoadState('networkidle').catch(() => {})
    expect(await page.evaluate('document.documentElement.scrollWidth'), path).toBeLessThanOrEqual(390)
  }
})
