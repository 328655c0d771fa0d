/** Channels moved between priorities, and several acted upon at once, in a real browser. */
import { expect, test } from 'vitest'
import { button, consoleSuite } from './support/console-suite.ts'

const suite = consoleSuite()

const priorities = async () => {
  const { data } = await suite.gateway.admin<{ data: { name: string; priority: number }[] }>(
    'GET',
    '/api/channels',
  )
  return Object.fromEntries(data.map(({ name, priority }) => [name, priority]))
}

async function threeChannels() {
  const base_url = suite.upstream.url
  await suite.gateway.addChannel({ name: 'First', base_url, priority: 10 })
  await suite.gateway.addChannel({ name: 'Second', base_url, priority: 10 })
  await suite.gateway.addChannel({ name: 'Third', base_url, priority: 5 })
}

test('channels are moved between priorities by keys, and said to be', async () => {
  await threeChannels()
  const { page, faults } = await suite.operatorsPage()
  await page.goto('/channels')
  const grip = button(page, 'Move Second')
  await grip.focus()
  await page.keyboard.press('Space')
  await page.keyboard.press('ArrowDown')
  await page.getByText('Second gets priority 7, alone.').waitFor()
  await page.keyboard.press('Escape')
  expect(await priorities()).toEqual({ First: 10, Second: 10, Third: 5 })
  await page.keyboard.press('Space')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await page.getByText('Second gets priority 5, beside Third.').waitFor()
  await page.keyboard.press('Space')
  await page.getByText('Second has its new place.').waitFor()
  expect(await priorities()).toEqual({ First: 10, Second: 5, Third: 5 })
  await expect.poll(() => page.evaluate('document.activeElement?.ariaLabel')).toBe('Move Second')
  expect(faults).toEqual([])
})

test('channels are moved by the pointer into another priority, and between two', async () => {
  await threeChannels()
  const { page } = await suite.operatorsPage()
  await page.goto('/channels')
  const middleOf = async (name: string) => {
    const box = await button(page, name).boundingBox()
    if (!box) throw new Error(`${name} is not in view`)
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
  }
  const drag = async (from: string, to: { x: number; y: number }) => {
    const start = await middleOf(from)
    await page.mouse.move(start.x, start.y)
    await page.mouse.down()
    await page.mouse.move(to.x, (start.y + to.y) / 2, { steps: 4 })
    await page.mouse.move(to.x, to.y, { steps: 4 })
    await page.mouse.up()
  }
  const second = await middleOf('Move Second')
  await drag('Move Third', { x: second.x, y: second.y + 8 })
  await expect.poll(priorities).toEqual({ First: 10, Second: 10, Third: 10 })
  await page.getByRole('heading', { name: '5', exact: true }).waitFor({ state: 'hidden' })
  const first = await middleOf('Move First')
  await drag('Move Third', { x: first.x, y: first.y - 60 })
  await expect.poll(priorities).toEqual({ First: 10, Second: 10, Third: 20 })
})

test('a move that the gateway does not take is undone, and said to be', async () => {
  await threeChannels()
  const { page } = await suite.operatorsPage()
  await page.goto('/channels')
  await button(page, 'Move Second').focus()
  await page.route('**/api/channels/order', (route) => route.abort())
  await page.keyboard.press('Space')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Space')
  await page.getByText('The gateway does not answer.').first().waitFor()
  await page.getByRole('heading', { name: '7', exact: true }).waitFor({ state: 'hidden' })
  expect(await priorities()).toEqual({ First: 10, Second: 10, Third: 5 })
})

test('several channels are paused at once, and taken back', async () => {
  await threeChannels()
  const { page, faults } = await suite.operatorsPage()
  await page.goto('/channels')
  await page.getByRole('checkbox', { name: 'Select First' }).check()
  await page.getByRole('checkbox', { name: 'Select Third' }).check()
  const bar = page.getByRole('region', { name: 'Selected channels' })
  await bar.getByRole('button', { name: 'Pause for…' }).click()
  await page.getByRole('radio', { name: '4 hours' }).check()
  await button(page, 'Pause').click()
  await page.getByText('2 channels are paused.').waitFor()
  expect(await page.getByText(/^Paused until/).count()).toBe(2)
  await bar.getByRole('button', { name: 'Clear' }).click()
  await page.getByText('2 channels are taken for healthy again.').waitFor()
  await page
    .getByText(/^Paused until/)
    .first()
    .waitFor({ state: 'hidden' })
  expect(faults).toEqual([])
})
