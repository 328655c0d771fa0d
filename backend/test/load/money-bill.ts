/**
 * The upstreams' own bill: what they reported as used in answers that they finished, priced here from the published
 * prices and not by the code under test; and how much text they had sent to whoever left.
 */
import type { FakeUpstream } from '../support/fake-upstream/fake-upstream.ts'
import type { RecordedRequest } from '../support/fake-upstream/recorded-request.ts'
import { numberOf, planOf, startIn, writtenIn } from './money-traffic.ts'

interface Counts {
  readonly input_tokens: number
  readonly output_tokens: number
  readonly cache_read_input_tokens?: number
  readonly cache_creation?: { ephemeral_5m_input_tokens: number; ephemeral_1h_input_tokens: number } | null
}

export interface ReportedUsage extends Counts {
  readonly service_tier?: string | null
  readonly inference_geo?: string | null
  readonly speed?: string | null
  readonly server_tool_use?: { web_search_requests: number } | null
  readonly iterations?: readonly Counts[] | null
}

/** Nano-dollars a token: input, output, cache read, cache write of 5 minutes, of an hour. */
const PRICES: Readonly<Record<string, readonly number[]>> = {
  'claude-sonnet-5': [2_000, 10_000, 200, 2_500, 4_000],
  'claude-opus-5-5': [4_000, 20_000, 200, 5_000, 8_000],
  'claude-opus-5-5 fast': [8_000, 40_000, 400, 10_000, 16_000],
  'claude-haiku-4-5': [1_000, 5_000, 100, 1_250, 2_000],
}
const WEB_SEARCH_NANO_USD = 10_000_000

/** What a usage costs at Anthropic's prices, each kind of token rounded half up to the nano-dollar. */
export function priceOf(model: string, usage: ReportedUsage): number {
  const twentieths = (usage.inference_geo === 'us' ? 22 : 20) / (usage.service_tier === 'batch' ? 2 : 1)
  const rates = PRICES[usage.speed === 'fast' ? `${model} fast` : model]
  if (rates === undefined) throw new Error(`no price for ${model}`)
  const tokens = [usage, ...(usage.iterations ?? [])].flatMap((counts) => countsOf(counts))
  const amounts = tokens.map((count, kind) => Math.round((count * (rates[kind % 5] ?? 0) * twentieths) / 20))
  const searches = (usage.server_tool_use?.web_search_requests ?? 0) * WEB_SEARCH_NANO_USD
  return amounts.reduce((sum, amount) => sum + amount, searches)
}

const countsOf = (counts: Counts): number[] => [
  counts.input_tokens,
  counts.output_tokens,
  counts.cache_read_input_tokens ?? 0,
  counts.cache_creation?.ephemeral_5m_input_tokens ?? 0,
  counts.cache_creation?.ephemeral_1h_input_tokens ?? 0,
]

interface Billed {
  readonly total: number
  /** The part of attempts that failed. */
  readonly failed: number
}

/** What two upstreams bill: `first` fails where that is planned. */
export class Ledger {
  /** By the request's number. */
  readonly billed = new Map<number, Billed>()
  /** Characters of text sent to requests that were left or killed, by number. */
  readonly sentCharacters = new Map<number, number>()
  readonly #upstreams: readonly FakeUpstream[]
  readonly #first: FakeUpstream
  readonly #timer: NodeJS.Timeout

  /** Takes out of the upstreams' memory what is over, since a hundred thousand answers do not fit. */
  constructor(first: FakeUpstream, second: FakeUpstream) {
    this.#first = first
    this.#upstreams = [first, second]
    this.#timer = setInterval(() => this.#take(), 250)
  }

  /** Resolves when every exchange with an upstream is over and noted. */
  async close(): Promise<void> {
    clearInterval(this.#timer)
    await Promise.all(this.#upstreams.flatMap(({ requests }) => requests.map(({ ended }) => ended)))
    this.#take()
  }

  /** The sum of all bills. */
  get total(): number {
    return [...this.billed.values()].reduce((sum, { total }) => sum + total, 0)
  }

  #take(): void {
    for (const upstream of this.#upstreams) {
      const isOver = ({ finished, aborted, cut }: RecordedRequest) => finished || aborted || cut
      const over = upstream.requests.filter(isOver)
      upstream.requests = upstream.requests.filter((request) => !isOver(request))
      const numbers = new Map(over.map((request) => [request.requestId, numberOf(request)]))
      for (const { requestId, model, usage } of upstream.bill.splice(0)) {
        this.#add(numbers.get(requestId), {
          total: priceOf(model, usage as unknown as ReportedUsage),
          failed: 0,
        })
      }
      for (const request of over) this.#noteUnfinished(request, upstream === this.#first)
    }
  }

  /** What is on no bill: how much was sent to who left; and what a failing attempt reported, whoever hung up first. */
  #noteUnfinished(request: RecordedRequest, mayFail: boolean): void {
    const number = numberOf(request)
    if (mayFail && planOf(number).fate === 'failover') {
      const start = startIn(request.sent)
      const failed = start ? priceOf(start.model, start.usage as ReportedUsage) : 0
      this.#add(number, { total: failed, failed })
    } else if (request.aborted) this.sentCharacters.set(number, writtenIn(request.sent))
  }

  #add(number: number | undefined, more: Billed): void {
    if (number === undefined) throw new Error('a bill for a request that is not over')
    const { total, failed } = this.billed.get(number) ?? { total: 0, failed: 0 }
    this.billed.set(number, { total: total + more.total, failed: failed + more.failed })
  }
}
