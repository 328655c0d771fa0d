/** A gateway key as the gateway knows it: its hash, never its secret. */
export interface GatewayKey {
  readonly id: number
  readonly name: string
  /** SHA-256 of the secret, hexadecimal. */
  readonly hash: string
  /** What may be shown of the secret. */
  readonly hint: string
  readonly enabled: boolean
  /** Patterns of the models it may ask for; empty allows all. */
  readonly models: readonly string[]
  readonly createdAtMs: number
  readonly updatedAtMs: number
}
