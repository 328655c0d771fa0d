/** When each origin was last reached: what tells a dead upstream from a dead network here. Contract rule D6. */
import type { Channel } from '../domain/channel.ts'
import { isLocalOutage, type OriginContact } from '../domain/local-outage.ts'
import type { VerdictKind } from '../domain/outcome.ts'

const NEVER: OriginContact = { reachedAtMs: 0, failedAtMs: 0 }

/** Whether the origin was reached is not known of what ended before it answered. */
const UNDECIDED: ReadonlySet<VerdictKind> = new Set(['client_gone', 'timed_out', 'local_outage'])

export class OriginContacts {
  readonly #contacts = new Map<string, OriginContact>()
  #originByChannel = new Map<number, string>()
  /** An outage lasts until an origin is reached, however seldom one is asked. */
  #isOutage = false

  configure(channels: readonly Channel[]): void {
    const enabled = channels.filter((channel) => channel.enabled)
    this.#originByChannel = new Map(enabled.map(({ id, baseUrl }) => [id, new URL(baseUrl).origin]))
    const origins = new Set(this.#originByChannel.values())
    for (const origin of this.#contacts.keys()) if (!origins.has(origin)) this.#contacts.delete(origin)
    this.#isOutage = false
  }

  /** Notes how an attempt on a channel's origin ended. @returns whether it failed since every origin does. */
  contacted(channelId: number, kind: VerdictKind, nowMs: number): boolean {
    const origin = this.#originByChannel.get(channelId)
    if (origin === undefined || UNDECIDED.has(kind)) return false
    const contact = this.#contacts.get(origin) ?? NEVER
    if (kind !== 'unreachable') {
      this.#isOutage = false
      // Successes come by the thousand; only the first after a failure is news.
      if (contact.failedAtMs > contact.reachedAtMs)
        this.#contacts.set(origin, { ...contact, reachedAtMs: nowMs })
      return false
    }
    this.#contacts.set(origin, { ...contact, failedAtMs: nowMs })
    const origins = [...new Set(this.#originByChannel.values())]
    this.#isOutage ||= isLocalOutage(
      origins.map((one) => this.#contacts.get(one) ?? NEVER),
      nowMs,
    )
    return this.#isOutage
  }
}
