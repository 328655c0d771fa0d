/** What the main thread and the database threads say to each other. */
import type { FailureCode, GatewayError } from '../failures.ts'
import type { PackedRows } from './packed-rows.ts'
import type { Value } from './row-values.ts'
import type { SqliteResult } from './sqlite-file.ts'

/** Which connection a thread holds. */
export type WorkerRole =
  | { readonly engine: 'sqlite'; readonly file: string; readonly readOnly: boolean }
  | { readonly engine: 'postgres'; readonly databaseUrl: string; readonly readOnly: boolean }

export type WorkerTask =
  /** The first task: opens the connection. */
  | { readonly kind: 'open' }
  | {
      readonly kind: 'query'
      readonly sql: string
      readonly parameters: readonly unknown[]
      readonly runs: readonly (readonly Value[])[] | undefined
    }
  | { readonly kind: 'append'; readonly logs: readonly PackedRows[] }
  /** Has the module (its address) make a report of what it reads. */
  | { readonly kind: 'report'; readonly module: string; readonly question: unknown }
  /** The last task: closes the connection, after which the thread ends by itself. */
  | { readonly kind: 'close' }

/** What each task answers; most only that they are done. */
export interface WorkerResults {
  readonly open: undefined
  readonly query: SqliteResult
  readonly append: undefined
  readonly report: ReportBytes
  readonly close: undefined
}

export type WorkerResult = WorkerResults[WorkerTask['kind']]

/** A report as it crosses threads: whole, in memory that is handed over and not copied. */
export type ReportBytes = Uint8Array<ArrayBuffer>

export interface WorkerRequest {
  readonly id: number
  readonly task: WorkerTask
}

/** An error as it crosses threads: a database's keeps the codes that `violationOf` reads. */
export interface WorkerFault {
  readonly message: string
  readonly code?: string
  readonly errcode?: number
  readonly stack?: string | undefined
  /** Where it is one of ours, of which a report has these. */
  readonly refusal?: { readonly code: FailureCode } & Pick<GatewayError, 'reason' | 'fields'>
}

export type WorkerReply =
  | { readonly id: number; readonly result: WorkerResult }
  | { readonly id: number; readonly fault: WorkerFault }
