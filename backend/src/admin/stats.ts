/** Statistics of a time range, as JSON and as CSV. */
import type { StatsQuery, statsEndpoints } from '@claude-gateway/contract/stats.ts'
import type { Db } from '../store/database.ts'
import { reportUsage, type UsageReportQuestion } from '../store/usage-report.ts'
import type { ReportContext, ReportsOf } from './report.ts'
import { statsCsv } from './stats-csv.ts'
import { questionBefore, usageQuestion } from './stats-range.ts'
import { withTimeZone } from './time-zone.ts'

export const statsReports: ReportsOf<typeof statsEndpoints> = {
  async read(context, { query }) {
    const { reports } = context
    const question = await questionOf(context, query)
    const { fromMs, toMs } = question
    return {
      from_ms: fromMs,
      to_ms: toMs,
      ...(await reportUsage(reports, question)),
      previous: query.compare ? await reportBefore(reports, question) : null,
    }
  },

  async export(context, { query }) {
    const question = await questionOf(context, query)
    return statsCsv(question, await reportUsage(context.reports, question))
  },
}

const questionOf = async ({ reports, settingDefaults, now }: ReportContext, query: StatsQuery) =>
  usageQuestion(await withTimeZone({ db: reports, settingDefaults }, query), now())

async function reportBefore(reports: Db, question: UsageReportQuestion) {
  const before = questionBefore(question)
  const { series: _, ...parts } = await reportUsage(reports, before)
  return { from_ms: before.fromMs, to_ms: before.toMs, ...parts }
}
