/** The pages of keys in a real browser: made, limited, used up, rotated, found, deleted. */
import { expect, test } from 'vitest'
import { message } from '../backend/test/support/fake-upstream/messages.ts'
import { messageFor } from '../backend/test/support/gateway.ts'
import { button, consoleSuite } from './support/console-suite.ts'
import { addTeam } from './support/team.ts'

const suite = consoleSuite()

/** A whole journey, on one of few cores. */
const LONG = { timeout: 60_000 }

const sendWith = (secret: string) =>
  suite.gateway.send(messageFor('claude-sonnet-4-5'), { authorization: `Bearer ${secret}` })

test('the secret of a new key is shown once, with a block for Claude Code that works', LONG, async () => {
  await suite.gateway.addChannel({ base_url: suite.upstream.url })
  const { page, faults } = await suite.operatorsPage()
  await page.goto('/keys')
  await button(page, 'plus Create key').click()
  await page.getByLabel('Name', { exact: true }).fill('Maria’s laptop')
  await button(page, 'Create').click()
  const block = page.locator('pre').nth(1)
  const secret = await page.locator('pre').first().innerText()
  expect(await block.innerText()).toContain(
    `export ANTHROPIC_BASE_URL=${suite.gateway.url}\nexport ANTHROPIC_AUTH_TOKEN=${secret}\n`,
  )
  await page.getByLabel('List this gateway’s models under /model').uncheck()
  await page.getByLabel('Name the small model').check()
  await page.getByText('settings.json', { exact: true }).click()
  expect(JSON.parse(await block.innerText())).toEqual({
    env: {
      ANTHROPIC_BASE_URL: suite.gateway.url,
      ANTHROPIC_AUTH_TOKEN: secret,
      ENABLE_PROMPT_CACHING_1H: '1',
      ANTHROPIC_DEFAULT_HAIKU_MODEL: 'claude-haiku-4-5',
    },
  })
  const answer = await sendWith(secret)
  expect(answer.status).toBe(200)
  await answer.text()
  await page.keyboard.press('Escape')
  await button(page, 'I have copied it').click()
  await page.getByRole('row', { name: /Maria’s laptop/ }).waitFor()
  expect(await page.content()).not.toContain(secret)
  await page.getByRole('switch', { name: 'Disable Maria’s laptop' }).click()
  await page.getByRole('switch', { name: 'Enable Maria’s laptop' }).waitFor()
  expect((await sendWith(secret)).status).toBe(401)
  expect(faults).toEqual([])
})

test(
  'a budget fills, runs out, refuses with its own sentence, and the console says when it resets',
  LONG,
  async () => {
    await suite.gateway.addChannel({ base_url: suite.upstream.url })
    const { page, faults } = await suite.operatorsPage()
    await page.goto('/keys?edit=new')
    await page.getByLabel('Name', { exact: true }).fill('Paul')
    await page.getByText('Budgets', { exact: true }).last().click()
    await page.getByLabel('a day', { exact: true }).fill('0.01')
    await button(page, 'Create').click()
    const secret = await page.locator('pre').first().innerText()
    await button(page, 'I have copied it').click()
    await page.getByRole('link', { name: 'Paul' }).click()
    const bar = page.getByRole('meter', { name: 'Today' })
    await bar.waitFor({ state: 'attached' })
    expect(await bar.getAttribute('aria-valuetext')).toBe('$0.00 of $0.01')
    // At three dollars a million tokens in, and fifteen out.
    suite.upstream.queue(message({ usage: { input_tokens: 1500, output_tokens: 100 } }))
    expect((await sendWith(secret)).status).toBe(200)
    await expect.poll(() => bar.getAttribute('aria-valuetext')).toBe('$0.006 of $0.01')
    suite.upstream.queue(message({ usage: { input_tokens: 2000, output_tokens: 100 } }))
    await (await sendWith(secret)).text()
    await page.getByText(/The budget “Today” of \$0\.01 is used up\. Requests are refused until/).waitFor()
    await page.getByText('Budget used up', { exact: true }).waitFor()
    const refused = await sendWith(secret)
    expect(refused.status).toBe(429)
    expect(await refused.text()).toMatch(/budget/)
    await suite.gateway.logs(3)
    await page.reload()
    await page.getByText('claude-sonnet-4-5').first().waitFor()
    await button(page, 'Edit').first().click()
    await page.getByText('Budgets', { exact: true }).last().click()
    await page.getByLabel('a day', { exact: true }).fill('1')
    await button(page, 'Save').click()
    await page.getByText('Active', { exact: true }).waitFor()
    expect((await sendWith(secret)).status).toBe(200)
    expect(faults).toEqual([])
  },
)

test(
  'a rotated key works under both secrets until the overlap ends, and the new one is shown once',
  LONG,
  async () => {
    await suite.gateway.addChannel({ base_url: suite.upstream.url })
    const { key: old, id } = await suite.gateway.admin<{ key: string; id: number }>('POST', '/api/keys', {
      name: 'Build server',
    })
    const { page, faults } = await suite.operatorsPage()
    await page.goto(`/keys/${id}`)
    await button(page, 'Rotate').click()
    await page.getByLabel('7 days').check()
    await button(page, 'Make a new secret').click()
    await page.getByText('Build server is ready').waitFor()
    const fresh = await page.locator('pre').first().innerText()
    await button(page, 'I have copied it').click()
    await page.getByText(/It was rotated\. The secret before works until/).waitFor()
    const statuses = await Promise.all([old, fresh].map(async (secret) => (await sendWith(secret)).status))
    expect([fresh === old, ...statuses]).toEqual([false, 200, 200])
    await button(page, 'Rotate').click()
    await page.getByLabel('Not at all').check()
    await button(page, 'Make a new secret').click()
    await page.getByText('Build server is ready').waitFor()
    expect((await sendWith(fresh)).status).toBe(401)
    expect((await sendWith(old)).status).toBe(401)
    expect(faults).toEqual([])
    await page.goto('/keys/999')
    await page.getByText('There is no such key').waitFor()
  },
)

test(
  'keys are found by words, tag and state; a team’s budget counts for all of them; one is deleted by its name',
  LONG,
  async () => {
    await addTeam(suite.gateway)
    const { page, faults } = await suite.operatorsPage()
    await page.goto('/keys')
    const rows = page.getByRole('table', { name: 'Keys' }).getByRole('row')
    await expect.poll(() => rows.count()).toBe(7)
    await page.keyboard.press('/')
    await page.keyboard.type('web mar')
    await page.getByText('1 key', { exact: true }).waitFor()
    await rows.filter({ hasText: 'Maria’s laptop' }).getByText('and 1 more').waitFor()
    await page.goto('/keys?state=expired')
    await expect.poll(() => rows.count()).toBe(2)
    await rows.filter({ hasText: 'Intern, until May' }).waitFor()
    await page.getByText('Team budgets', { exact: true }).click()
    await page.getByRole('row', { name: /team-web 3 keys This month \$0\.00 of \$2\.00/ }).waitFor()
    await button(page, 'plus Add team budget').click()
    await page.getByLabel('Tag').fill('ci')
    await page.getByLabel('May spend').fill('12.5')
    await button(page, 'Create').click()
    await page.getByRole('row', { name: /ci 1 key This month \$0\.00 of \$12\.50/ }).waitFor()
    await page.goto('/keys?q=old')
    await page.getByRole('button', { name: 'More actions for Old laptop' }).click()
    await page.getByRole('menuitem', { name: 'Delete…' }).click()
    await page.getByRole('dialog').getByRole('textbox').fill('Old laptop')
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
    await page.getByText('No key is like that').waitFor()
    expect(faults).toEqual([])
  },
)
