/** A thread that charges stored requests anew, so that a run over millions of them delays no stream. */
import { parentPort, workerData } from 'node:worker_threads'
import { chargeFor } from '../domain/charge.ts'
import { priceLists } from '../runtime/price-lists.ts'
import { createVendorPrices } from '../runtime/vendor-prices.ts'
import { type ChargedColumns, recharged, spentIn } from '../store/stored-charge.ts'
import type { RepricingBatch, RepricingResult, RepricingTerms } from './repricing-protocol.ts'

function createCharger({ prices, multipliers }: RepricingTerms): (row: ChargedColumns) => RepricingResult {
  // The main thread says it once where the package cannot be read.
  const { pricesOf } = priceLists(prices, createVendorPrices({ warn: () => undefined }))
  return (row) => {
    const spent = spentIn(row)
    if (spent === null) return { kind: 'too_old' }
    if (!spent.every(({ channelId }) => multipliers.has(channelId))) return { kind: 'channel_deleted' }
    const tariffOf = (channelId: number) => ({
      prices: pricesOf(channelId),
      multiplierMillionths: multipliers.get(channelId) ?? 0,
    })
    const columns = recharged(row, chargeFor(spent, tariffOf, row.started_at_ms))
    return { kind: 'charged', costNanoUsd: columns?.cost_nano_usd ?? row.cost_nano_usd, columns }
  }
}

const port = parentPort
if (port !== null) {
  const chargeAnew = createCharger(workerData)
  port.on('message', (batch: RepricingBatch) => {
    port.postMessage(batch.map(chargeAnew))
  })
}
