/** Which origins fail to connect: what tells a dead upstream from a dead network here. Contract rule D6. */
import type { Channel } from '../domain/channel.ts'
import { isLocalOutage } from '../domain/local-outage.ts'
import type { VerdictKind } from '../domain/outcome.ts'

/** Whether the origin was reached is not known of what ended before it answered. */
const UNDECIDED: ReadonlySet<VerdictKind> = new Set(['client_gone', 'timed_out', 'local_outage'])

export class OriginContacts {
  #originByChannel = new Map<number, string>()
  /** By origin; one that was reached since is not in here. */
  readonly #failedAtMs = new Map<string, number>()
  /** An outage lasts until an origin is reached, however seldom one is asked. */
  #isOutage = false

  configure(channels: readonly Channel[]): void {
    const enabled = channels.filter((channel) => channel.enabled)
    this.#originByChannel = new Map(enabled.map(({ id, baseUrl }) => [id, new URL(baseUrl).origin]))
    const origins = new Set(this.#originByChannel.values())
    for (const origin of this.#failedAtMs.keys()) if (!origins.has(origin)) this.#failedAtMs.delete(origin)
    this.#isOutage = false
  }

  /** Notes how an attempt on a channel's origin ended. @returns whether it failed since every origin does. */
  contacted(channelId: number, kind: VerdictKind, nowMs: number): boolean {
    const origin = this.#originByChannel.get(channelId)
    if (origin === undefined || UNDECIDED.has(kind)) return false
    if (kind !== 'unreachable') {
      this.#failedAtMs.delete(origin)
      this.#isOutage = false
      return false
    }
    this.#failedAtMs.set(origin, nowMs)
    const origins = [...new Set(this.#originByChannel.values())]
    this.#isOutage ||= isLocalOutage(
      origins.map((one) => this.#failedAtMs.get(one) ?? null),
      nowMs,
    )
    return this.#isOutage
  }
}
