/** Which name a model has upstream. Contract rule B8. */
export interface ModelMapping {
  readonly id: number
  /** null: for every channel. */
  readonly channelId: number | null
  /** What clients ask for: a name, or a prefix with one `*` at its end. */
  readonly displayModel: string
  readonly upstreamModel: string
  readonly createdAtMs: number
  readonly updatedAtMs: number
}
