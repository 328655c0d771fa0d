/** Statistics as CSV: one line for each bucket and group of the answer. */
import type { StatsGroup, StatsTotals } from '@claude-gateway/contract/stats.ts'
import { statsTotalsSchema } from '@claude-gateway/contract/stats.ts'
import type { UsageReport, UsageReportQuestion } from '../store/usage-report.ts'
import { type Cell, csvLine } from './csv.ts'
import { exactUsd } from './exact-usd.ts'

const FIGURES = statsTotalsSchema.keyof().options

/** Says that a line sums up the groups beyond the limit. */
const OTHERS = 'others'

/**
 * Begins with what each line is about. Without groups there is one line for each bucket, or for the range; with groups
 * one for each of them and one for the others, so that a column adds up to the total.
 */
export async function* statsCsv(question: UsageReportQuestion, report: UsageReport): AsyncGenerator<string> {
  const { groupBy, fromMs, bucketEdgesMs } = question
  yield csvLine(['start', 'start_ms', 'kind', 'group', 'name', 'cost_usd', ...FIGURES])
  const parts = bucketEdgesMs.length > 0 ? report.series : [{ ...report, start_ms: fromMs }]
  for (const { start_ms, totals, groups, others } of parts) {
    const start = [new Date(start_ms).toISOString(), start_ms]
    if (groupBy === undefined) yield csvLine([...start, 'total', null, null, ...figures(totals)])
    else yield [...groups.map((group) => groupLine(start, group)), othersLine(start, others)].join('')
  }
}

const groupLine = (start: Cell[], group: StatsGroup): string =>
  csvLine([...start, 'group', group.group, group.name, ...figures(group)])

const othersLine = (start: Cell[], others: StatsTotals | null): string =>
  others === null ? '' : csvLine([...start, OTHERS, null, null, ...figures(others)])

const figures = (totals: StatsTotals): Cell[] => [
  exactUsd(totals.cost_nano_usd),
  ...FIGURES.map((name) => totals[name]),
]
