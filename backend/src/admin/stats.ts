/** Statistics of a time range, as JSON and as CSV. */
import type { statsEndpoints } from '@claude-gateway/contract/stats.ts'
import type { Db } from '../store/database.ts'
import { reportUsage, type UsageReportQuestion } from '../store/usage-report.ts'
import type { HandlersOf } from './handler.ts'
import { statsCsv } from './stats-csv.ts'
import { questionBefore, usageQuestion } from './stats-range.ts'

export const statsHandlers: HandlersOf<typeof statsEndpoints> = {
  async read({ store: { reports }, now }, { query }) {
    const question = usageQuestion(query, now())
    const { fromMs, toMs } = question
    return {
      from_ms: fromMs,
      to_ms: toMs,
      ...(await reportUsage(reports, question)),
      previous: query.compare ? await reportBefore(reports, question) : null,
    }
  },

  async export({ store: { reports }, now }, { query }) {
    const question = usageQuestion(query, now())
    return statsCsv(question, await reportUsage(reports, question))
  },
}

async function reportBefore(reports: Db, question: UsageReportQuestion) {
  const before = questionBefore(question)
  const { series: _, ...parts } = await reportUsage(reports, before)
  return { from_ms: before.fromMs, to_ms: before.toMs, ...parts }
}
