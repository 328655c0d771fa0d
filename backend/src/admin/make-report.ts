/** Makes the answers of `report.ts`. Loaded in the database's thread, with the first question. */
import type { Endpoint, HandlerInput } from '@claude-gateway/contract/endpoint.ts'
import { invoiceEndpoints } from '@claude-gateway/contract/invoice.ts'
import { requestLogEndpoints } from '@claude-gateway/contract/request-log.ts'
import { sessionEndpoints } from '@claude-gateway/contract/session.ts'
import { statsEndpoints } from '@claude-gateway/contract/stats.ts'
import type { MakeReport } from '../store/reporter.ts'
import { invoiceReports } from './invoices.ts'
import type { ReportContext, ReportQuestion, ReportsOf } from './report.ts'
import { requestLogReports } from './request-log-pages.ts'
import { sessionReports } from './sessions.ts'
import { statsReports } from './stats.ts'

/** The whole answer in UTF-8: JSON of what the response schema declares and of nothing else, or the text of a file. */
export const makeReport: MakeReport<ReportQuestion> = async (reports, question) => {
  const { path, input, settingDefaults, nowMs } = question
  const report = createReports().find(({ endpoint }) => endpoint.path === path)
  if (report === undefined) throw new Error(`No report answers ${path}.`)
  const answer = await report.make({ reports, settingDefaults, now: () => nowMs }, input)
  return new TextEncoder().encode(await textOf(report.endpoint, answer))
}

interface Report {
  readonly endpoint: Endpoint
  readonly make: (context: ReportContext, input: HandlerInput<Endpoint>) => Promise<unknown>
}

const createReports = (): Report[] => [
  ...reportsOf(statsEndpoints, statsReports),
  ...reportsOf({ list: requestLogEndpoints.list }, requestLogReports),
  ...reportsOf(sessionEndpoints, sessionReports),
  ...reportsOf(invoiceEndpoints, invoiceReports),
]

const reportsOf = <Group extends Record<string, Endpoint>>(
  group: Group,
  reports: ReportsOf<Group>,
): Report[] =>
  Object.entries(group).map(([name, endpoint]) => ({
    endpoint,
    // ReportsOf has checked the pair; a list of differing reports can only name what they share.
    make: reports[name] as unknown as Report['make'],
  }))

async function textOf({ produces, response }: Endpoint, answer: unknown): Promise<string> {
  if (produces === 'application/json') return JSON.stringify(response.parse(answer))
  let text = ''
  for await (const piece of answer as AsyncIterable<string>) text += piece
  return text
}
