import { expect, onTestFinished, test, vi } from 'vitest'
import type { RequestRecord } from '../domain/request-record.ts'
import { createJournal } from './journal.ts'

const record = (requestId: string) => ({ requestId }) as RequestRecord

/** A table that refuses a batch with a bad row in it, and everything while it is away. */
function openTable() {
  const written: string[] = []
  const state = { isAway: false }
  const errors: object[] = []
  const log = {
    debug: vi.fn(),
    info: vi.fn(),
    warn: vi.fn(),
    error: (fields: object, event: string) => errors.push({ ...fields, event }),
  }
  const journal = createJournal<readonly string[]>(
    {
      pack(records) {
        const ids = records.map(({ requestId }) => requestId)
        if (ids.some((id) => id.startsWith('unheard-of'))) throw new Error('no such record')
        return ids
      },
      split: (ids) => ids.map((id) => [id]),
      async write(packs) {
        if (state.isAway) throw new Error('gone')
        if (packs.flat().some((id) => id.startsWith('bad'))) throw new Error('refused')
        written.push(...packs.flat())
      },
    },
    log,
  )
  vi.useFakeTimers()
  onTestFinished(() => {
    vi.useRealTimers()
  })
  return { journal, written, state, errors }
}

const givenUp = (errors: object[]) =>
  errors.flatMap((error) => ('requestId' in error ? [error.requestId] : []))

test('rows that the database refuses are given up alone and by name; all others are written', async () => {
  const { journal, written, errors } = openTable()
  const good = Array.from({ length: 300 }, (_, index) => `good ${index}`)
  for (const id of [...good.slice(0, 100), 'bad 1', 'bad 2', ...good.slice(100), 'bad 3'])
    journal.append(record(id))
  await vi.advanceTimersByTimeAsync(120_000)
  // The last one has been refused for as long as nothing came behind it: it could be the database.
  good.push('good later')
  journal.append(record('good later'))
  await vi.advanceTimersByTimeAsync(120_000)
  expect(new Set(written)).toEqual(new Set(good))
  expect(written).toHaveLength(good.length)
  expect(givenUp(errors).sort()).toEqual(['bad 1', 'bad 2', 'bad 3'])
  expect(journal.waiting).toBe(0)
})

test('a database that is away for an hour costs no row', async () => {
  const { journal, written, state, errors } = openTable()
  journal.append(record('before'))
  await vi.advanceTimersByTimeAsync(1000)
  state.isAway = true
  for (const id of ['one', 'two', 'three']) journal.append(record(id))
  await vi.advanceTimersByTimeAsync(3_600_000)
  expect(journal.waiting).toBe(3)
  state.isAway = false
  await vi.advanceTimersByTimeAsync(10_000)
  expect(written.sort()).toEqual(['before', 'one', 'three', 'two'])
  expect(givenUp(errors)).toEqual([])
})

test('a single request is written within a tenth of a second; under traffic batches come four times a second', async () => {
  const { journal, written } = openTable()
  journal.append(record('alone'))
  await vi.advanceTimersByTimeAsync(100)
  expect(written).toEqual(['alone'])
  const sizes: number[] = []
  for (let tick = 0; tick < 400; tick++) {
    const before = written.length
    journal.append(record(`of many ${tick}`))
    await vi.advanceTimersByTimeAsync(5)
    if (written.length > before) sizes.push(written.length - before)
  }
  expect(sizes).toEqual([20, 50, 50, 50, 50, 50, 50, 50])
  await vi.advanceTimersByTimeAsync(500)
  journal.append(record('of few'))
  await vi.advanceTimersByTimeAsync(500)
  expect(journal.waiting).toBe(0)
  journal.append(record('alone again'))
  await vi.advanceTimersByTimeAsync(100)
  expect(written.at(-1)).toBe('alone again')
})

test('one bad row in a pack of many costs no other, whatever the packs', async () => {
  const { journal, written, errors } = openTable()
  const ids = Array.from({ length: 5000 }, (_, index) => (index === 4321 ? 'bad' : `row ${index}`))
  for (const id of ids) journal.append(record(id))
  await vi.advanceTimersByTimeAsync(120_000)
  journal.append(record('later'))
  await vi.advanceTimersByTimeAsync(120_000)
  expect(written.toSorted()).toEqual([...ids, 'later'].filter((id) => id !== 'bad').toSorted())
  expect(givenUp(errors)).toEqual(['bad'])
})

test('a record that cannot be packed is given up by its name; those beside it are written', async () => {
  const { journal, written, errors } = openTable()
  for (const id of ['one', 'unheard-of', 'two']) journal.append(record(id))
  await vi.advanceTimersByTimeAsync(1000)
  expect(written).toEqual(['one', 'two'])
  expect(givenUp(errors)).toEqual(['unheard-of'])
  expect(journal.waiting).toBe(0)
})

test('what is not written yet is known with what it cost, packed or not, and counted', async () => {
  const { journal, state } = openTable()
  state.isAway = true
  const costs = Array.from({ length: 300 }, (_, index) => ({ requestId: `${index}`, costNanoUsd: index }))
  for (const cost of costs) journal.append({ ...record(''), ...cost })
  expect(journal.unwritten().map(({ requestId, costNanoUsd }) => ({ requestId, costNanoUsd }))).toEqual(costs)
  expect(journal.waiting).toBe(300)
  state.isAway = false
  await journal.close()
  expect(journal.unwritten()).toEqual([])
  expect(journal.waiting).toBe(0)
})

test('a database that is away is asked again each second, however much comes meanwhile', async () => {
  const { journal, state, errors } = openTable()
  state.isAway = true
  for (let second = 0; second < 5; second++) {
    for (let index = 0; index < 5000; index++) journal.append(record(`${second} ${index}`))
    await vi.advanceTimersByTimeAsync(1000)
  }
  expect(errors.length).toBeLessThan(10)
  state.isAway = false
  await journal.close()
})

test('beyond its limit the journal drops the oldest, loudly, and nothing that is being written', async () => {
  const { journal, written, state, errors } = openTable()
  state.isAway = true
  for (let index = 0; index < 200_200; index++) journal.append(record(`${index}`))
  const dropped = errors.reduce((sum, error) => sum + ('dropped' in error ? Number(error.dropped) : 0), 0)
  expect(dropped).toBe(256)
  state.isAway = false
  await vi.advanceTimersByTimeAsync(60_000)
  expect(written).toHaveLength(200_200 - 256)
  // The first batch was being written when the line grew too long.
  const ids = new Set(written)
  expect(['0', '4095', '4096', '4351', '4352'].map((id) => ids.has(id))).toEqual([
    true,
    true,
    false,
    false,
    true,
  ])
})
