/** Clients that arrive at a fixed rate, whether or not those before them have their answer, and what each one got. */
import { Agent, type IncomingMessage, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { TestGateway } from '../support/gateway.ts'

export interface Arrival {
  /** Null where not even a status line came. */
  readonly requestId: string | null
  readonly status: number | null
  /** Whether it was a whole message, to its last event or brace. */
  readonly isWhole: boolean
  readonly durationMs: number
}

/** Sends `perSecond` requests a second for so long, plain and streamed in turn. @returns one result for each. */
export async function steadyLoad(
  gateway: TestGateway,
  { perSecond, seconds }: { perSecond: number; seconds: number },
): Promise<Arrival[]> {
  const agent = new Agent({ keepAlive: true })
  const arrivals: Promise<Arrival>[] = []
  const startedAt = performance.now()
  const total = perSecond * seconds
  while (arrivals.length < total) {
    const due = Math.min(total, Math.ceil(((performance.now() - startedAt) / 1000) * perSecond))
    while (arrivals.length < due) arrivals.push(arrive(gateway, agent, arrivals.length))
    await sleep(2)
  }
  const results = await Promise.all(arrivals)
  agent.destroy()
  return results
}

async function arrive(gateway: TestGateway, agent: Agent, turn: number): Promise<Arrival> {
  const startedAt = performance.now()
  const stream = turn % 2 === 0
  const incoming = await ask(gateway, agent, { stream, session: sessionAt(turn) })
  const text = incoming && (await textOf(incoming))
  return {
    requestId: (incoming?.headers['x-gateway-request-id'] as string | undefined) ?? null,
    status: incoming?.statusCode ?? null,
    isWhole: text !== null && isWholeMessage(text, stream),
    durationMs: performance.now() - startedAt,
  }
}

/** Twenty at a time, of ten requests each: sessions stay where they are warm, and only new ones try what came back. */
const sessionAt = (turn: number): string => `session-${Math.floor(turn / 200)}-${turn % 20}`

function ask(
  gateway: TestGateway,
  agent: Agent,
  { stream, session }: { stream: boolean; session: string },
): Promise<IncomingMessage | null> {
  const headers = {
    authorization: `Bearer ${gateway.key}`,
    'content-type': 'application/json',
    'x-claude-code-session-id': session,
  }
  const question = {
    model: 'claude-sonnet-5',
    max_tokens: 99,
    stream,
    messages: [{ role: 'user', content: 'Go on' }],
  }
  return new Promise((resolve) => {
    const outgoing = request(`${gateway.url}/v1/messages`, { method: 'POST', agent, headers })
    outgoing.on('error', () => resolve(null))
    outgoing.on('response', resolve)
    outgoing.end(JSON.stringify(question))
  })
}

async function textOf(incoming: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = []
  try {
    for await (const chunk of incoming) chunks.push(chunk as Buffer)
  } catch {
    return null
  }
  return Buffer.concat(chunks).toString('utf8')
}

function isWholeMessage(text: string, stream: boolean): boolean {
  if (stream) return text.includes('event: message_stop') && !text.includes('event: error')
  return text.startsWith('{"model"') && text.endsWith('}')
}
