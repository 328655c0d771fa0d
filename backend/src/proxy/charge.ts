/** What a request used and what it cost, over all of its attempts. Contract rules C8, E3 and E4. */
import { type Charge, chargeFor, type Spent } from '../domain/charge.ts'
import type { AttemptRecord, RequestRecord } from '../domain/request-record.ts'
import { textFloor } from '../domain/usage.ts'
import type { Gateway } from '../runtime/gateway.ts'
import { tariffsOf } from '../runtime/tariffs.ts'
import type { JournalEntry } from './journal-entry.ts'
import type { FailedAttempt } from './try-in-turn.ts'

export interface RequestCharge extends Pick<RequestRecord, 'attempts'> {
  readonly charged: Charge
}

/** What was spent in one of the request's attempts, by its place among them. */
interface SpentInAttempt extends Spent {
  readonly place: number
}

/** Counting tokens is never billed (rule A3), nor is an attempt of which no upstream reported anything (rule E4). */
export function charge(gateway: Gateway, entry: JournalEntry): RequestCharge {
  const { call, attempts } = entry
  const spent = call.endpoint === 'messages' ? spentIn(entry) : []
  const charged = chargeFor(spent, tariffsOf(gateway.snapshot.current), call.startedAtMs)
  // One answer alone is told by the request's own figures.
  const isTold = !spent.some(({ isFailed }) => isFailed)
  return { charged, attempts: isTold ? attempts : withSpending(attempts, spent, charged.costs) }
}

function withSpending(
  attempts: readonly AttemptRecord[],
  spent: readonly SpentInAttempt[],
  costs: readonly number[],
): AttemptRecord[] {
  const spending = new Map(
    spent.map(({ place, usage, model }, index) => [place, { usage, model, costNanoUsd: costs[index] ?? 0 }]),
  )
  return attempts.map((attempt, place) => {
    const own = spending.get(place)
    return own ? { ...attempt, spent: own } : attempt
  })
}

function spentIn(entry: JournalEntry): SpentInAttempt[] {
  const spent = entry.failures.length === 0 ? [] : spentOnFailures(entry.failures)
  const answered = spentOnAnswer(entry)
  if (answered !== null) spent.push(answered)
  return spent
}

/** An attempt that its client left before the final counts came is charged what is known, as an estimate. */
function spentOnFailures(failures: readonly FailedAttempt[]): SpentInAttempt[] {
  return failures.flatMap(({ candidate, failure }, place) => {
    if (failure.reported === null) return []
    const { usage, model } = failure.reported
    const isLeft = failure.verdict.kind === 'client_gone'
    return [
      {
        place,
        isFailed: true,
        channelId: candidate.channel.id,
        usage: isLeft ? textFloor(usage, 0) : usage,
        model: model ?? candidate.upstreamModel,
      },
    ]
  })
}

/** Rule C8: where the final counts never came, what the client read is charged at least. */
function spentOnAnswer({ answered, relayed, failures }: JournalEntry): SpentInAttempt | null {
  if (!answered || !relayed) return null
  const { candidate } = answered
  return {
    place: failures.length,
    isFailed: false,
    channelId: candidate.channel.id,
    usage: relayed.isUsageFinal ? relayed.usage : textFloor(relayed.usage, relayed.textCharacters),
    model: relayed.answeredModel ?? candidate.upstreamModel,
  }
}
