/** A request through the direct way, and what its reader hears, in order. */
import type { AnswerHead, AnswerReader } from '../../src/upstream/answer-reader.ts'
import { createConnections } from '../../src/upstream/connections.ts'
import { type Exchange, send, type UpstreamRequest } from '../../src/upstream/exchange.ts'
import type { UpstreamFault } from '../../src/upstream/fault.ts'

export class Listener implements AnswerReader {
  readonly heard: string[] = []
  readonly over: Promise<string>
  bytes = 0
  text = ''
  fault: UpstreamFault | null = null
  onHead: () => void = () => undefined
  onData: () => void = () => undefined
  readonly #resolve: (how: string) => void

  constructor() {
    const { promise, resolve } = Promise.withResolvers<string>()
    this.over = promise
    this.#resolve = resolve
  }

  head({ status }: AnswerHead): void {
    this.heard.push(`head ${status}`)
    this.onHead()
  }

  data(chunk: Buffer): void {
    this.heard.push('data')
    this.bytes += chunk.length
    this.text += chunk.toString('latin1')
    this.onData()
  }

  end(): void {
    this.heard.push('end')
    this.#resolve('end')
  }

  fail(fault: UpstreamFault): void {
    this.heard.push(`fail ${fault.kind}`)
    this.fault = fault
    this.#resolve(`fail ${fault.kind}: ${fault.message}`)
  }
}

interface Asked {
  readonly listener: Listener
  readonly exchange: Exchange
}

export interface Asker {
  ask(request: Partial<UpstreamRequest> & Pick<UpstreamRequest, 'origin'>, listener?: Listener): Asked
  close(): Promise<void>
}

export function createAsker(connectTimeoutMs: number | null = null): Asker {
  const connections = createConnections()
  const way = connections.through({ proxyUrl: null, connectTimeoutMs })
  return {
    ask(request, listener = new Listener()) {
      const whole = { path: '/v1/messages', method: 'POST' as const, headers: [], body: Buffer.from('{}') }
      return { listener, exchange: send(way, { ...whole, ...request }, listener) }
    },
    close: () => connections.close(),
  }
}

export const soon = (ms = 20): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await soon(2)
}
