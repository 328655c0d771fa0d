/** What a channel did on each of the last days, by the reader's clock. */
import type { Endpoint, ResponseOf } from '@claude-gateway/contract/endpoint.ts'
import { statsEndpoints } from '@claude-gateway/contract/stats.ts'
import { useQueries } from '@tanstack/react-query'
import { keyOf, useClient } from '../../../api/use-endpoint.ts'

type Group = ResponseOf<typeof statsEndpoints.read>['groups'][number]

export interface DayUsage {
  readonly fromMs: number
  readonly toMs: number
  /** Undefined while it is on its way; null where nothing happened. */
  readonly usage: Group | null | undefined
}

const EVERY_MS = 30_000

/** Midnight so many days ago; a day is not always 24 hours long. */
function midnight(daysAgo: number): number {
  const day = new Date()
  day.setHours(0, 0, 0, 0)
  day.setDate(day.getDate() - daysAgo)
  return day.getTime()
}

/** @returns oldest first; today is the last. Days that are over are read once. */
export function useDailyUsage(channelId: number, days: number): { days: DayUsage[]; failed: boolean } {
  const client = useClient()
  const starts = Array.from({ length: days }, (_, index) => midnight(days - 1 - index))
  const ranges = starts.map((fromMs, index) => ({ fromMs, toMs: starts[index + 1] ?? midnight(-1) }))
  const answers = useQueries({
    queries: ranges.map(({ fromMs, toMs }, index) => {
      const call = { query: { group_by: 'channel' as const, from_ms: fromMs, to_ms: toMs } }
      const isToday = index === days - 1
      return {
        queryKey: keyOf<Endpoint>(statsEndpoints.read, call),
        queryFn: ({ signal }: { signal: AbortSignal }) => client.call(statsEndpoints.read, call, signal),
        staleTime: isToday ? 0 : Number.POSITIVE_INFINITY,
        refetchInterval: isToday ? EVERY_MS : (false as const),
      }
    }),
  })
  const usageOf = (index: number) => {
    const groups = answers[index]?.data?.groups
    return groups && (groups.find(({ group }) => group === String(channelId)) ?? null)
  }
  return {
    days: ranges.map((range, index) => ({ ...range, usage: usageOf(index) })),
    failed: answers.some(({ isError }) => isError),
  }
}
