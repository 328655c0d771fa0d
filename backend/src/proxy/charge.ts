/** What a request used and what it cost, over all of its attempts. Contract rules C8, E3 and E4. */
import { costOf, type Invoice } from '../domain/cost.ts'
import type { RequestRecord } from '../domain/request-record.ts'
import { addUsage, emptyUsage, textFloor, type Usage } from '../domain/usage.ts'
import type { Gateway } from '../runtime/gateway.ts'
import type { JournalEntry } from './journal-entry.ts'
import type { FailedAttempt } from './try-in-turn.ts'

export type Charge = Pick<
  RequestRecord,
  'usage' | 'costNanoUsd' | 'uncachedCostNanoUsd' | 'failoverCostNanoUsd' | 'costEstimated' | 'price'
>

/** What one attempt used. */
interface Spent {
  readonly usage: Usage
  /** The model that answered, by its upstream name. */
  readonly model: string
}

/** Counting tokens is never billed (rule A3), nor is an attempt of which no upstream reported anything (rule E4). */
export function charge(gateway: Gateway, entry: JournalEntry): Charge {
  const { call } = entry
  const failed = call.endpoint === 'messages' ? spentOnFailures(entry.failures) : []
  const spent = call.endpoint === 'messages' ? [...failed, ...spentOnAnswer(entry)] : []
  const { prices } = gateway.snapshot.current
  const invoices = spent.map(({ usage, model }) => costOf(usage, { prices, model, atMs: call.startedAtMs }))
  return {
    usage: spent.reduce((sum, { usage }) => addUsage(sum, usage), emptyUsage()),
    costNanoUsd: totalOf(invoices),
    uncachedCostNanoUsd: invoices.reduce((sum, { uncachedNanoUsd }) => sum + uncachedNanoUsd, 0),
    failoverCostNanoUsd: totalOf(invoices.slice(0, failed.length)),
    costEstimated: invoices.some(({ estimated }) => estimated),
    price: priceOf(invoices),
  }
}

const totalOf = (invoices: readonly Invoice[]): number =>
  invoices.reduce((sum, { totalNanoUsd }) => sum + totalNanoUsd, 0)

/** The price of the last attempt that cost something, with the lines of all. */
function priceOf(invoices: readonly Invoice[]): Charge['price'] {
  const last = invoices.at(-1)
  return last ? { ...last.price, lines: invoices.flatMap(({ price }) => price.lines) } : null
}

/** An attempt that its client left before the final counts came is charged what is known, as an estimate. */
function spentOnFailures(failures: readonly FailedAttempt[]): Spent[] {
  return failures.flatMap(({ candidate, failure }) => {
    if (failure.reported === null) return []
    const { usage, model } = failure.reported
    const isLeft = failure.verdict.kind === 'client_gone'
    return [{ usage: isLeft ? textFloor(usage, 0) : usage, model: model ?? candidate.upstreamModel }]
  })
}

/** Rule C8: where the final counts never came, what the client read is charged at least. */
function spentOnAnswer({ answered, relayed }: JournalEntry): Spent[] {
  if (!answered || !relayed) return []
  const usage = relayed.isUsageFinal ? relayed.usage : textFloor(relayed.usage, relayed.textCharacters)
  return [{ usage, model: relayed.answeredModel ?? answered.candidate.upstreamModel }]
}
