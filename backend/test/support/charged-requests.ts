/** Requests as the data plane would have charged them, generated: answers, failures, iterations, estimates. */
import fc from 'fast-check'
import { chargeFor, type Spent, type Tariff } from '../../src/domain/charge.ts'
import type { RequestRecord } from '../../src/domain/request-record.ts'
import type { Usage } from '../../src/domain/usage.ts'
import { attempt, recordOf } from '../store/records.ts'

const count = fc.nat(300_000)
const counts = {
  inputTokens: count,
  outputTokens: count,
  cacheReadTokens: count,
  cacheWrite5mTokens: count,
  cacheWrite1hTokens: count,
}

const usages: fc.Arbitrary<Usage> = fc
  .record({
    ...counts,
    webSearchRequests: fc.nat(5),
    serviceTier: fc.constantFrom(null, 'standard', 'batch'),
    speed: fc.constantFrom(null, 'fast'),
    inferenceGeo: fc.constantFrom(null, 'us'),
    extraIterations: fc.array(
      fc.record({
        type: fc.constantFrom('compaction', 'advisor_message'),
        model: fc.constantFrom(null, 'claude-opus-5', 'nobody-knows'),
        ...counts,
      }),
      { maxLength: 2 },
    ),
    fallbackModel: fc.constantFrom(null, null, 'claude-opus-5'),
    isEstimate: fc.boolean(),
  })
  .map(({ isEstimate, ...usage }) => (isEstimate ? { ...usage, estimated: true as const } : usage))

/** Failed attempts first, the answer last, if any. */
export const spendings: fc.Arbitrary<Spent[]> = fc
  .tuple(
    fc.array(
      fc.record({
        usage: usages,
        model: fc.constantFrom('claude-sonnet-5', 'claude-opus-5', 'nobody-knows'),
        channelId: fc.constantFrom(1, 2),
      }),
      { minLength: 1, maxLength: 3 },
    ),
    fc.boolean(),
  )
  .map(([spent, isAnswered]) =>
    spent.map((one, index) => ({ ...one, isFailed: !isAnswered || index < spent.length - 1 })),
  )

/** The record as `proxy/charge.ts` makes it, which tells what attempts spent where one of them failed. */
export function chargedRecord(
  spent: readonly Spent[],
  tariffOf: (channelId: number) => Tariff,
  own: Partial<RequestRecord> = {},
): RequestRecord {
  const plain = recordOf(own)
  const { costs, ...charge } = chargeFor(spent, tariffOf, plain.startedAtMs)
  const isTold = !spent.some(({ isFailed }) => isFailed)
  const last = spent.at(-1)
  return {
    ...plain,
    ...charge,
    channelId: last?.channelId ?? null,
    upstreamModel: last?.model ?? null,
    attempts: spent.map(({ usage, model, channelId, isFailed }, index) => ({
      ...attempt,
      channel_id: channelId,
      upstream_model: model,
      result: isFailed ? 'overloaded' : 'ok',
      ...(!isTold && { spent: { usage, model, costNanoUsd: costs[index] ?? 0 } }),
    })),
  }
}
