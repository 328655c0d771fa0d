/** Reads what is spent of the budgets every few seconds, so that all processes on one database share them. */
import type { Gateway } from '../runtime/gateway.ts'

export interface SpendingPoll {
  /** Stops; a reading under way ends first. */
  close(): Promise<void>
}

export function startSpendingPoll(gateway: Pick<Gateway, 'keyLimits' | 'limits' | 'log'>): SpendingPoll {
  let reading: Promise<void> = Promise.resolve()
  let isReading = false
  const timer = setInterval(() => {
    if (isReading || !gateway.keyLimits.hasBudgets) return
    isReading = true
    reading = readSpent(gateway).finally(() => {
      isReading = false
    })
  }, gateway.limits.spendingPollMs)
  timer.unref()
  return {
    async close() {
      clearInterval(timer)
      await reading
    },
  }
}

/** Never rejects: where the database does not answer, what this process knows stays in force. */
export async function readSpent({ keyLimits, log }: Pick<Gateway, 'keyLimits' | 'log'>): Promise<void> {
  await keyLimits.refresh().catch((cause) => {
    log.warn({ cause: String(cause) }, 'spending could not be read; what is known stays in force')
  })
}
