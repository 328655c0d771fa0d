/** Asks a store for its statistics: of all time and all requests, unless a test says otherwise. */
import type { Db } from '../../src/store/database.ts'
import { reportUsage, type UsageReport, type UsageReportQuestion } from '../../src/store/usage-report.ts'

/** A day in the year 2096, later than any that a test writes. */
const FAR_MS = 4_000_000_000_000

export const usageOfAll = (reports: Db, question: Partial<UsageReportQuestion> = {}): Promise<UsageReport> =>
  reportUsage(reports, { fromMs: 0, toMs: FAR_MS, filter: {}, limit: 1000, bucketEdgesMs: [], ...question })
