/** What the statistics say of a range of time: totals, the costliest groups, and both again for each bucket of it. */
import type { GroupBy, StatsBucket, StatsGroup, StatsTotals } from '@claude-gateway/contract/stats.ts'
import { type BucketSlice, bucketSlices, slicesOf } from '../domain/usage-slices.ts'
import {
  addTotals,
  isSilent,
  NO_USAGE,
  statsOf,
  subtractTotals,
  sumIn,
  type UsageTotals,
} from '../domain/usage-totals.ts'
import type { Db } from './database.ts'
import { type GroupSource, groupSource } from './usage-groups.ts'
import { readUsage, type UsageFilter } from './usage-reading.ts'

export interface UsageReportQuestion {
  /** Both are taken to the next full hour. */
  readonly fromMs: number
  readonly toMs: number
  readonly filter: UsageFilter
  readonly groupBy?: GroupBy | undefined
  /** How many groups. */
  readonly limit: number
  /** Where each bucket begins, the last one's end behind them; none for no series. */
  readonly bucketEdgesMs: readonly number[]
}

export interface UsageReport {
  readonly totals: StatsTotals
  readonly groups: StatsGroup[]
  readonly others: StatsTotals | null
  readonly series: StatsBucket[]
}

/** The costliest groups first; what spent nothing and asked nothing is no group. */
export async function reportUsage(reports: Db, question: UsageReportQuestion): Promise<UsageReport> {
  const { fromMs, toMs, filter, groupBy, limit } = question
  const slices = slicesOf(fromMs, toMs).map((slice) => ({ ...slice, bucketMs: 0 }))
  const source = groupBy && (await groupSource(reports, groupBy))
  const whole = readUsage(reports, { slices, by: [], filter })
  const groups = source ? await readGroups(reports, source, { slices, filter }) : []
  const leading = groups.slice(0, limit)
  const [total] = await whole
  return {
    totals: statsOf(total?.totals ?? NO_USAGE),
    groups: leading.map(asGroup),
    others: othersOf(groups.slice(limit).map(({ totals }) => totals)),
    series: await readSeries(reports, question, source && { source, leading, isCut: groups.length > limit }),
  }
}

interface UsageGroup {
  readonly group: string | null
  readonly name: string | null
  readonly totals: UsageTotals
}

const asGroup = ({ group, name, totals }: UsageGroup): StatsGroup => ({ group, name, ...statsOf(totals) })

const othersOf = (totals: readonly UsageTotals[]): StatsTotals | null =>
  totals.length === 0 ? null : statsOf(totals.reduce(addTotals))

async function readGroups(
  db: Db,
  source: GroupSource,
  { slices, filter }: { slices: readonly BucketSlice[]; filter: UsageFilter },
): Promise<UsageGroup[]> {
  const parts = await readUsage(db, { slices, by: [source.dimension], filter })
  const groups = [...mergeBy(parts, ({ group: [value = ''] }) => source.groupsOf(value))]
  return groups
    .map(([group, totals]) => ({ group, name: group === null ? null : source.nameOf(group), totals }))
    .filter(({ totals }) => !isSilent(totals))
    .sort(costliestFirst)
}

const costliestFirst = ({ totals: one }: UsageGroup, { totals: other }: UsageGroup): number =>
  sumIn(other, 'cost_nano_usd') - sumIn(one, 'cost_nano_usd') ||
  sumIn(other, 'requests') - sumIn(one, 'requests')

/** Adds up what belongs to the same name; a part may belong to several. */
function mergeBy<Part extends { readonly totals: UsageTotals }, Name>(
  parts: readonly Part[],
  namesOf: (part: Part) => readonly Name[],
): Map<Name, UsageTotals> {
  const merged = new Map<Name, UsageTotals>()
  for (const part of parts) {
    for (const name of namesOf(part)) {
      const known = merged.get(name)
      merged.set(name, known === undefined ? part.totals : addTotals(known, part.totals))
    }
  }
  return merged
}

interface Leading {
  readonly source: GroupSource
  readonly leading: readonly UsageGroup[]
  /** Whether there are groups beyond the leading ones. */
  readonly isCut: boolean
}

async function readSeries(
  db: Db,
  { bucketEdgesMs, fromMs, toMs, filter }: UsageReportQuestion,
  grouped: Leading | undefined,
): Promise<StatsBucket[]> {
  const slices = bucketSlices(bucketEdgesMs, { fromMs, toMs })
  const wholes = new Map(
    (await readUsage(db, { slices, by: [], filter })).map(({ bucket, totals }) => [bucket, totals]),
  )
  const parts = grouped ? await readLeading(db, grouped, { slices, filter }) : new Map()
  return bucketEdgesMs.slice(0, -1).map((start) => {
    const whole = wholes.get(start) ?? NO_USAGE
    const groups: UsageGroup[] = parts.get(start) ?? []
    const hasOthers = grouped?.isCut === true && grouped.source.isDisjoint
    const rest = () => groups.map(({ totals }) => totals).reduce(subtractTotals, whole)
    return {
      start_ms: start,
      totals: statsOf(whole),
      groups: groups.map(asGroup),
      others: hasOthers ? statsOf(rest()) : null,
    }
  })
}

/** The leading groups in each bucket, in the order that they have in the whole range. */
async function readLeading(
  db: Db,
  { source, leading }: Leading,
  { slices, filter }: { slices: readonly BucketSlice[]; filter: UsageFilter },
): Promise<Map<number, UsageGroup[]>> {
  const only = source.valuesOf(leading.map(({ group }) => group))
  const parts = await readUsage(db, { slices, by: [source.dimension], filter, only })
  const buckets = [...Map.groupBy(parts, ({ bucket }) => bucket)].map(([bucket, members]) => {
    const totals = mergeBy(members, ({ group: [value = ''] }) => source.groupsOf(value))
    const groups = leading.flatMap(({ group, name }) => {
      const found = totals.get(group)
      return found === undefined ? [] : [{ group, name, totals: found }]
    })
    return [bucket, groups] as const
  })
  return new Map(buckets)
}
