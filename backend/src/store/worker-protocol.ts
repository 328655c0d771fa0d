/** What the main thread and the database threads say to each other. */
import type { PackedRows } from './packed-rows.ts'
import type { SqliteResult } from './sqlite-file.ts'

/** Which connection a thread holds. */
export type WorkerRole =
  | { readonly engine: 'sqlite'; readonly file: string; readonly readOnly: boolean }
  | { readonly engine: 'postgres'; readonly databaseUrl: string }

export type WorkerTask =
  /** The first task: opens the connection. */
  | { readonly kind: 'open' }
  | { readonly kind: 'query'; readonly sql: string; readonly parameters: readonly unknown[] }
  | { readonly kind: 'append'; readonly rows: PackedRows }
  /** The last task: closes the connection, after which the thread ends by itself. */
  | { readonly kind: 'close' }

/** What a query answers; the other tasks answer that they are done. */
export type WorkerResult = SqliteResult | undefined

export interface WorkerRequest {
  readonly id: number
  readonly task: WorkerTask
}

/** A database error as it crosses threads, which keeps the codes that `violationOf` reads. */
export interface WorkerFault {
  readonly message: string
  readonly code?: string
  readonly errcode?: number
}

export type WorkerReply =
  | { readonly id: number; readonly result: WorkerResult }
  | { readonly id: number; readonly fault: WorkerFault }
