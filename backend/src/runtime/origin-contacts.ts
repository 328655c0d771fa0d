/** When each origin was last reached: what tells a dead upstream from a dead network here. Contract rule D6. */
import type { Channel } from '../domain/channel.ts'
import { isLocalOutage, type OriginContact } from '../domain/local-outage.ts'

const NEVER: OriginContact = { reachedAtMs: 0, failedAtMs: 0 }

export class OriginContacts {
  readonly #contacts = new Map<string, OriginContact>()
  #originByChannel = new Map<number, string>()

  configure(channels: readonly Channel[]): void {
    const enabled = channels.filter((channel) => channel.enabled)
    this.#originByChannel = new Map(enabled.map(({ id, baseUrl }) => [id, new URL(baseUrl).origin]))
    const origins = new Set(this.#originByChannel.values())
    for (const origin of this.#contacts.keys()) if (!origins.has(origin)) this.#contacts.delete(origin)
  }

  /** Notes whether a channel's origin was reached. @returns whether every origin fails to connect at once. */
  contacted(channelId: number, isUnreachable: boolean, nowMs: number): boolean {
    const origin = this.#originByChannel.get(channelId)
    if (origin === undefined) return false
    const contact = this.#contacts.get(origin) ?? NEVER
    if (!isUnreachable) {
      // Successes come by the thousand; only the first after a failure is news.
      if (contact.failedAtMs > contact.reachedAtMs)
        this.#contacts.set(origin, { ...contact, reachedAtMs: nowMs })
      return false
    }
    this.#contacts.set(origin, { ...contact, failedAtMs: nowMs })
    const origins = [...new Set(this.#originByChannel.values())]
    return isLocalOutage(
      origins.map((one) => this.#contacts.get(one) ?? NEVER),
      nowMs,
    )
  }
}
