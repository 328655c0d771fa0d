/** A gateway that is killed under load, again and again: what its clients had got is in the log, and the file is whole. */
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { freshFolder } from '../support/engines.ts'
import { startFakeUpstream } from '../support/fake-upstream/fake-upstream.ts'
import { naturalAnswer } from '../support/fake-upstream/natural-answer.ts'
import { paced } from '../support/fake-upstream/timing.ts'
import { addChannelAndKey, startGatewayProcess } from './gateway-process.ts'
import { startLoad } from './load.ts'
import { readStoredLog } from './request-log.ts'

const KILLS = 20
/** What was finished this long before the kill is promised to be in the log. */
const PROMISED_MS = 2000

test('after each of twenty kill -9 under load the database opens whole, and every promised request has its one row', async () => {
  const upstream = await startFakeUpstream({ script: paced(naturalAnswer, 5), record: false })
  const environment = { DATA_DIR: await freshFolder() }
  let gateway = await startGatewayProcess(environment)
  const key = await addChannelAndKey(gateway, upstream.url)
  const promised: string[] = []
  for (let round = 1; round <= KILLS; round += 1) {
    const load = startLoad({ url: gateway.url, key, clients: 6, pauseMs: 5 })
    // Each time at another moment between two batches.
    await sleep(PROMISED_MS + 400 + ((round * 37) % 100))
    gateway.process.signal('SIGKILL')
    const killedAtMs = Date.now()
    expect(await gateway.process.ended).toEqual({ code: null, signal: 'SIGKILL' })
    await load.stop()
    const inTime = load.answers.filter(({ endedAtMs }) => endedAtMs <= killedAtMs - PROMISED_MS)
    expect(inTime.map(({ status, isWhole }) => ({ status, isWhole }))).toEqual(
      inTime.map(() => ({ status: 200, isWhole: true })),
    )
    promised.push(...inTime.map(({ requestId }) => requestId))

    gateway = await startGatewayProcess(environment)
    const { integrity, rowsById, summedRequests } = readStoredLog(environment.DATA_DIR)
    expect(integrity).toBe('ok')
    expect(promised.filter((requestId) => rowsById.get(requestId) !== 1)).toEqual([])
    expect([...rowsById.values()].every((rows) => rows === 1)).toBe(true)
    expect(summedRequests).toBe(rowsById.size)
  }
  expect(new Set(promised).size).toBeGreaterThan(KILLS * 5)
  await upstream.close()
}, 300_000)
