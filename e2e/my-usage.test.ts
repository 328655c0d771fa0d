/** The page for those who hold a key, in a real browser. */
import { expect, test } from 'vitest'
import { message } from '../backend/test/support/fake-upstream/messages.ts'
import { messageFor } from '../backend/test/support/gateway.ts'
import { button, consoleSuite } from './support/console-suite.ts'

const suite = consoleSuite()

/** A whole journey, on one of few cores. */
const LONG = { timeout: 60_000 }

const LIMITS = { requests_per_minute: 60, budgets: [{ period: 'month', limit_usd: 0.02 }] }

test(
  'a holder sees their own usage with the key alone; a refused key is told in plain words',
  LONG,
  async () => {
    const { gateway, upstream } = suite
    await gateway.addChannel({ name: 'Team account', base_url: upstream.url })
    const made = { name: 'Maria’s laptop', ...LIMITS }
    const { id, key } = await gateway.admin<{ id: number; key: string }>('POST', '/api/keys', made)
    upstream.queue(message({ usage: { input_tokens: 3000, output_tokens: 200 } }))
    const send = () => gateway.send(messageFor('claude-sonnet-4-5'), { authorization: `Bearer ${key}` })
    await (await send()).text()
    await gateway.logs(1)
    await (await suite.operatorsPage()).page.close()
    const { page } = await suite.strangersPage({ width: 390, height: 844 })
    await page.goto('/login')
    await page.getByRole('link', { name: 'I hold a key: my own usage' }).click()
    await page.getByLabel('Your gateway key').fill('gk-nobody-knows-this-one')
    await button(page, 'Show my usage').click()
    await page.getByText(/This gateway does not know that key/).waitFor()
    await page.getByLabel('Your gateway key').fill(key)
    await button(page, 'Show my usage').click()
    await page.getByText('Maria’s laptop').waitFor()
    const budget = page.getByRole('meter', { name: 'This month' })
    await expect.poll(() => budget.getAttribute('aria-valuetext')).toBe('$0.012 of $0.02')
    await page.getByText(/^Resets at /).waitFor()
    await page
      .getByRole('list', { name: 'Cost by day' })
      .getByText(/1 request/)
      .waitFor({ state: 'attached' })
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390)
    const everywhere = await page.evaluate('location.href + JSON.stringify([localStorage, sessionStorage])')
    expect(everywhere).not.toContain(key)
    expect(await page.content()).not.toContain('Team account')
    await gateway.admin('PUT', `/api/keys/${id}`, { enabled: false })
    await page.reload()
    await page.getByLabel('Your gateway key').fill(key)
    await page.getByLabel('Keep it in this tab until I close it').check()
    await button(page, 'Show my usage').click()
    await page.getByText(/That key is switched off/).waitFor()
    await gateway.admin('PUT', `/api/keys/${id}`, { enabled: true })
    await page.reload()
    await page.getByRole('heading', { name: 'My usage' }).waitFor()
    await page.getByText('Maria’s laptop').waitFor()
    await button(page, 'Forget my key').click()
    await page.getByLabel('Your gateway key').waitFor()
    expect(await page.evaluate('JSON.stringify(sessionStorage)')).not.toContain(key)
  },
)
