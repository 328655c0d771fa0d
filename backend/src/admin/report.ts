/** Operations that only read, and much: their answers are made whole in the database's thread, so that streams go on. */
import type { Endpoint, HandlerInput } from '@claude-gateway/contract/endpoint.ts'
import type { Settings } from '@claude-gateway/contract/settings.ts'
import type { Db } from '../store/database.ts'
import type { AdminContext } from './context.ts'
import type { AnswerOf, FinishedAnswer, HandlersOf } from './handler.ts'

/** Everything that a report may reach for. */
export interface ReportContext {
  readonly reports: Db
  readonly settingDefaults: Settings
  now(): number
}

/** What makes each answer of a group, in the thread. */
export type ReportsOf<Group extends Record<string, Endpoint>> = {
  readonly [Name in keyof Group]: (
    context: ReportContext,
    input: HandlerInput<Group[Name]>,
  ) => Promise<AnswerOf<Group[Name]>>
}

/** A question as it crosses threads. */
export interface ReportQuestion {
  /** Of the endpoint: they are all asked with GET. */
  readonly path: string
  readonly input: HandlerInput<Endpoint>
  readonly settingDefaults: Settings
  readonly nowMs: number
}

const MAKER = new URL('./make-report.ts', import.meta.url)

/** Handlers of a group that is in `make-report.ts`. */
export const byReports = <Group extends Record<string, Endpoint>>(group: Group): HandlersOf<Group> =>
  // Each has the input of its own endpoint, which the entries of an object do not tell.
  Object.fromEntries(
    Object.entries(group).map(([name, { path }]) => [name, handlerOf(path)]),
  ) as unknown as HandlersOf<Group>

const handlerOf =
  (path: string) =>
  ({ store, settingDefaults, now }: AdminContext, input: HandlerInput<Endpoint>): Promise<FinishedAnswer> =>
    store.makeReport(MAKER, { path, input, settingDefaults, nowMs: now() } satisfies ReportQuestion)
