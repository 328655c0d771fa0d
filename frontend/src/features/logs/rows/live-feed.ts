/** New requests as they are written: by server-sent events, and where those cannot be had, by asking again and again. */
import {
  type LiveRequests,
  liveRequestsSchema,
  type RequestLogFilter,
  requestLogEndpoints,
} from '@claude-gateway/contract/request-log.ts'
import { addressOf, type Client } from '../../../api/client.ts'

const POLL_MS = 2500
const POLL_ROWS = 100
/** A proxy that keeps answers back does not even let their head through. */
const OPEN_WITHIN_MS = 5000
/** Until the stream is tried once more. */
const STREAM_AGAIN_MS = 15_000

interface LiveFeedOptions {
  readonly client: Client
  readonly filter: RequestLogFilter
  /** Id of the newest request that the list knows. */
  readonly newestId: () => number
  readonly onArrive: (arrived: LiveRequests) => void
  /** Whether requests come by themselves now. */
  readonly onState: (isStreaming: boolean) => void
}

export interface LiveFeed {
  /** Goes on after a pause, or begins. */
  open(): void
  /** Uses no connection until it is opened again: a browser has few for one gateway. */
  pause(): void
}

export function createLiveFeed(options: LiveFeedOptions): LiveFeed {
  return new Feed(options)
}

class Feed implements LiveFeed {
  readonly #options: LiveFeedOptions
  #stream: EventSource | null = null
  #timers: ReturnType<typeof setTimeout>[] = []
  #life = new AbortController()

  constructor(options: LiveFeedOptions) {
    this.#options = options
  }

  open(): void {
    const { filter, newestId, onState } = this.#options
    this.#begin()
    const query = { ...filter, after: newestId() }
    this.#stream = new EventSource(addressOf(requestLogEndpoints.live, { query }))
    this.#later(() => this.#fallBack(), OPEN_WITHIN_MS)
    this.#stream.addEventListener('open', () => {
      this.#clearTimers()
      onState(true)
    })
    this.#stream.addEventListener('error', () => this.#fallBack())
    this.#stream.addEventListener('requests', ({ data }: MessageEvent<string>) => this.#take(data))
  }

  pause(): void {
    this.#life.abort()
    this.#stream?.close()
    this.#stream = null
    this.#clearTimers()
  }

  #begin(): void {
    this.pause()
    this.#life = new AbortController()
  }

  #later(work: () => void, ms: number): void {
    this.#timers.push(setTimeout(work, ms))
  }

  #clearTimers(): void {
    for (const timer of this.#timers.splice(0)) clearTimeout(timer)
  }

  #take(data: string): void {
    const read = liveRequestsSchema.safeParse(JSON.parse(data))
    // Another version of the gateway: what it answers to a plain question is read as anywhere else.
    if (read.success) this.#options.onArrive(read.data)
    else this.#fallBack()
  }

  #fallBack(): void {
    this.#begin()
    this.#options.onState(false)
    void this.#poll()
    this.#later(() => this.open(), STREAM_AGAIN_MS)
  }

  async #poll(): Promise<void> {
    const { client, filter, newestId, onArrive } = this.#options
    const { signal } = this.#life
    try {
      const query = { ...filter, limit: POLL_ROWS }
      const page = await client.call(requestLogEndpoints.list, { query }, signal)
      const data = page.data.filter(({ id }) => id > newestId())
      if (!signal.aborted) onArrive({ data, skipped: data.length === POLL_ROWS && page.next_cursor !== null })
    } catch {
      // The list's own readings say what is wrong; this one only tries again.
    }
    if (!signal.aborted) this.#later(() => void this.#poll(), POLL_MS)
  }
}
