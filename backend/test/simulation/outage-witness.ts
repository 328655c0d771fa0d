/** Tells by itself when every origin fails to connect at once. Contract rule D6. */
import type { Channel } from '../../src/domain/channel.ts'
import type { VerdictKind } from '../../src/domain/outcome.ts'

interface Contact {
  readonly isFailed: boolean
  readonly atMs: number
}

export class OutageWitness {
  #originOf = new Map<number, string>()
  /** The latest of each origin. */
  readonly #contacts = new Map<string, Contact>()
  #isOutage = false

  configure(channels: readonly Channel[]): void {
    this.#originOf = new Map(
      channels.filter(({ enabled }) => enabled).map(({ id, baseUrl }) => [id, new URL(baseUrl).origin]),
    )
    const origins = new Set(this.#originOf.values())
    for (const origin of this.#contacts.keys()) if (!origins.has(origin)) this.#contacts.delete(origin)
    this.#isOutage = false
  }

  /** @returns whether this attempt failed since nothing can be reached. */
  noted(channelId: number, kind: VerdictKind, nowMs: number): boolean {
    const origin = this.#originOf.get(channelId)
    if (origin === undefined || ['client_gone', 'timed_out', 'local_outage'].includes(kind)) return false
    this.#contacts.set(origin, { isFailed: kind === 'unreachable', atMs: nowMs })
    if (kind !== 'unreachable') this.#isOutage = false
    else if (this.#haveAllFailed(nowMs)) this.#isOutage = true
    return this.#isOutage && kind === 'unreachable'
  }

  #haveAllFailed(nowMs: number): boolean {
    const origins = [...new Set(this.#originOf.values())].map((origin) => this.#contacts.get(origin))
    return (
      origins.length > 1 && origins.every((contact) => contact?.isFailed && nowMs - contact.atMs <= 15_000)
    )
  }
}
