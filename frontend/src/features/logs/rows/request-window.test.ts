/** The long list over the request log: what is held, what is fetched, and what new requests do to it. */
import type { RequestLogView } from '@claude-gateway/contract/request-log.ts'
import { expect, test } from 'vitest'
import { type FetchRows, PAGE_ROWS, RequestWindow } from './request-window.ts'

const row = (id: number) => ({ id }) as RequestLogView
const down = (from: number, count: number) => Array.from({ length: count }, (_, i) => row(from - i))

/** A log with the ids 1 to `size`, and a note of what was asked of it. */
function logOf(size: number) {
  const asked: (number | null)[] = []
  const log = { size, isAway: false, asked }
  const fetch: FetchRows = async ({ before, limit }) => {
    asked.push(before)
    if (log.isAway) throw new Error('away')
    const newest = before === null ? log.size : before - 1
    const rows = down(newest, Math.max(0, Math.min(limit, newest)))
    return { rows, hasMore: newest > limit }
  }
  return { log, window: new RequestWindow(fetch) }
}

/** Lets everything that was asked for come. */
const settle = () => new Promise((resolve) => setTimeout(resolve))

async function begun(size: number) {
  const { log, window } = logOf(size)
  window.reset()
  await settle()
  return { log, window }
}

async function scrollTo(window: RequestWindow, index: number) {
  while (window.view().count <= index && window.view().hasMore) {
    window.show(window.view().count - 20, window.view().count - 1)
    await settle()
  }
  window.show(index, index + 20)
  await settle()
}

test('it begins with the newest page, and fetches older ones as their rows come near', async () => {
  const { log, window } = await begun(1000)
  expect([window.view().count, window.rowAt(0)?.id, window.view().hasMore]).toEqual([100, 1000, true])
  window.show(0, 20)
  await settle()
  expect(log.asked).toEqual([null])
  window.show(30, 50)
  await settle()
  expect([window.view().count, window.rowAt(150)?.id]).toEqual([200, 850])
})

test('a log that ends says so, and an empty one too', async () => {
  expect((await begun(40)).window.view()).toMatchObject({ count: 40, hasMore: false })
  expect((await begun(0)).window.view()).toMatchObject({ count: 0, hasMore: false, status: 'ready' })
})

test('however far one goes, a bounded number of rows is held, and the way back fetches again', async () => {
  const { log, window } = await begun(20_000)
  await scrollTo(window, 15_000)
  const held = Array.from({ length: window.view().count }, (_, i) => window.rowAt(i)).filter(Boolean)
  expect(held.length).toBeLessThan(20 * PAGE_ROWS)
  expect([window.rowAt(15_000)?.id, window.rowAt(0)]).toEqual([5000, undefined])
  log.asked.length = 0
  window.show(0, 20)
  await settle()
  expect([log.asked, window.rowAt(0)?.id]).toEqual([[20_001], 20_000])
})

test('new requests come in at the top, each once, and later pages stay what they were', async () => {
  const { window } = await begun(300)
  window.arrive({ data: [row(302), row(301)], skipped: false })
  window.arrive({ data: [row(303), row(302)], skipped: false })
  expect([0, 1, 2, 3].map((index) => window.rowAt(index)?.id)).toEqual([303, 302, 301, 300])
  await scrollTo(window, 150)
  expect(window.rowAt(150)?.id).toBe(153)
})

test('while it is held still they wait, and are shown when it is let go', async () => {
  const { window } = await begun(10)
  window.hold(true)
  window.arrive({ data: [row(12), row(11)], skipped: false })
  expect(window.view()).toMatchObject({ count: 10, waiting: 2, manyWaiting: false })
  expect(window.newestId).toBe(12)
  window.hold(false)
  expect(window.view()).toMatchObject({ count: 12, waiting: 0 })
  expect(window.rowAt(0)?.id).toBe(12)
})

test('when more waited than are kept, it begins anew with the newest', async () => {
  const { log, window } = await begun(10)
  window.hold(true)
  window.arrive({ data: [row(900)], skipped: true })
  expect(window.view().manyWaiting).toBe(true)
  log.size = 900
  window.hold(false)
  await settle()
  expect([window.rowAt(0)?.id, window.rowAt(99)?.id, window.view().manyWaiting]).toEqual([900, 801, false])
})

test('the first requests of an empty log appear', async () => {
  const { window } = await begun(0)
  window.arrive({ data: [row(1)], skipped: false })
  expect([window.view().count, window.rowAt(0)?.id]).toEqual([1, 1])
})

test('a reading that fails is told of, and made again on demand', async () => {
  const { log, window } = logOf(500)
  log.isAway = true
  window.reset()
  await settle()
  expect(window.view().failure).toBeInstanceOf(Error)
  log.isAway = false
  window.retry()
  await settle()
  expect(window.view()).toMatchObject({ count: 100, failure: null })
})

test('a request is found by its id while its row is held', async () => {
  const { window } = await begun(300)
  expect([window.indexOf(300), window.indexOf(250), window.indexOf(5)]).toEqual([0, 50, -1])
})
