/**
 * Re-pricing: charges the requests of a time range anew by the prices in force, shown first and applied after. Past
 * costs never change but by this.
 */
import { once } from 'node:events'
import { setImmediate } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import type { Repricing, RepricingRequest } from '@claude-gateway/contract/repricing.ts'
import { GatewayError } from '../failures.ts'
import { listCostMultipliers } from '../store/channels.ts'
import { readRevision } from '../store/configs.ts'
import type { Db, Store } from '../store/database.ts'
import { listPrices } from '../store/prices.ts'
import { type ChargedRequest, chargedRequests, type NewCharge, writeCharges } from '../store/repricing.ts'
import type { RepricingBatch, RepricingResult, RepricingTerms } from './repricing-protocol.ts'
import { idsOf, RepricingReport } from './repricing-report.ts'

export interface RepricingJob {
  /**
   * Shows what would change, or, with the revision of a preview, changes it. Fails with `conflict` where the
   * configuration is another one by now, and while another run of this process is under way.
   * @param begins called before the first change.
   */
  run(request: RepricingRequest, begins: () => Promise<void>): Promise<Repricing>
  /** Ends a run after its batch under way: what it changed so far stays, sums included. */
  close(): Promise<void>
}

export function createRepricing({ db, reports }: Pick<Store, 'db' | 'reports'>): RepricingJob {
  const stopping = new AbortController()
  let underWay: Promise<unknown> | null = null

  async function run(request: RepricingRequest, begins: () => Promise<void>): Promise<Repricing> {
    const { revision, terms } = await readTerms(db)
    const isApplied = request.revision !== undefined
    if (isApplied && request.revision !== revision) throw changedSince()
    if (isApplied) await begins()
    const charger = startCharger(terms)
    const report = new RepricingReport()
    try {
      for await (const batch of chargedRequests(reports, request)) {
        if (stopping.signal.aborted) throw stopped()
        await chargeBatch({ batch, results: await charger.charge(batch), report, db: isApplied ? db : null })
        // The log's own batches come in between.
        await setImmediate()
      }
    } finally {
      await charger.close()
    }
    return report.result(revision, isApplied)
  }

  return {
    async run(request, begins) {
      if (underWay !== null) {
        throw new GatewayError('conflict', 'Requests are being re-priced already; wait for the end of that.')
      }
      const running = run(request, begins)
      underWay = running.catch(() => undefined)
      try {
        return await running
      } finally {
        underWay = null
      }
    },
    async close() {
      stopping.abort()
      await underWay
    },
  }
}

interface BatchInHand {
  readonly batch: readonly ChargedRequest[]
  readonly results: readonly RepricingResult[]
  readonly report: RepricingReport
  /** null: only shown. */
  readonly db: Db | null
}

async function chargeBatch({ batch, results, report, db }: BatchInHand): Promise<void> {
  const charges: NewCharge[] = batch.flatMap((row, index) => {
    const result = results[index]
    return result?.kind === 'charged' && result.columns ? [{ row, columns: result.columns }] : []
  })
  const written = db === null || charges.length === 0 ? charges : await writeCharges(db, charges, Date.now())
  const changed = idsOf(written)
  for (const [index, row] of batch.entries()) {
    const result = results[index]
    if (result) report.add(row, result, changed.has(row.id))
  }
}

/** Prices and multipliers of one revision. */
async function readTerms(db: Db): Promise<{ revision: number; terms: RepricingTerms }> {
  const revision = await readRevision(db)
  const terms = { prices: await listPrices(db), multipliers: await listCostMultipliers(db) }
  if ((await readRevision(db)) !== revision) throw changedSince()
  return { revision, terms }
}

const changedSince = (): GatewayError =>
  new GatewayError('conflict', 'The configuration has changed since the preview; look at a new one.')

const stopped = (): GatewayError =>
  new GatewayError('conflict', 'The gateway stops. What was re-priced stays so; a new run does the rest.')

interface Charger {
  charge(batch: RepricingBatch): Promise<readonly RepricingResult[]>
  close(): Promise<void>
}

function startCharger(terms: RepricingTerms): Charger {
  const thread = new Worker(new URL('./repricing-thread.ts', import.meta.url), { workerData: terms })
  return {
    async charge(batch) {
      thread.postMessage(batch)
      // Rejects with the thread's own error where it fails.
      const [results] = await once(thread, 'message')
      return results
    },
    async close() {
      await thread.terminate()
    },
  }
}
