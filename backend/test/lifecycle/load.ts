/** Clients that keep a gateway busy with plain and streamed requests, and remember what became of each. */
import { Agent, type IncomingMessage, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'

interface ClientAnswer {
  readonly requestId: string
  readonly status: number
  readonly streamed: boolean
  readonly body: string
  /** False: the connection ended before the answer did. */
  readonly isWhole: boolean
  /** Epoch milliseconds. */
  readonly endedAtMs: number
}

export interface Load {
  /** Of every request whose answer had at least begun, in the order in which they ended. */
  readonly answers: readonly ClientAnswer[]
  /** Requests that got no answer at all, since the gateway was not there. */
  readonly unanswered: number
  /** Sends nothing more; resolves when what is under way has ended. */
  stop(): Promise<void>
}

interface LoadOptions {
  readonly url: string
  readonly key: string
  readonly clients: number
  /** Rest of a client between two requests. */
  readonly pauseMs: number
}

export function startLoad({ url, key, clients, pauseMs }: LoadOptions): Load {
  const agent = new Agent({ keepAlive: true })
  const answers: ClientAnswer[] = []
  let unanswered = 0
  let isStopping = false

  async function runClient(turn: number): Promise<void> {
    for (let number = turn; !isStopping; number += 1) {
      const answer = await ask(agent, { url, key, streamed: number % 2 === 0 })
      if (answer === null) unanswered += 1
      else answers.push(answer)
      await sleep(pauseMs)
    }
  }

  const all = Promise.all(Array.from({ length: clients }, (_, turn) => runClient(turn)))
  return {
    answers,
    get unanswered() {
      return unanswered
    },
    async stop() {
      isStopping = true
      await all
      agent.destroy()
    },
  }
}

interface Question {
  readonly url: string
  readonly key: string
  readonly streamed: boolean
}

function ask(agent: Agent, { url, key, streamed }: Question): Promise<ClientAnswer | null> {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
  return new Promise((resolve) => {
    const outgoing = request(`${url}/v1/messages`, { method: 'POST', agent, headers })
    outgoing.on('error', () => resolve(null))
    outgoing.on('response', (incoming) => void readAnswer(incoming, streamed).then(resolve))
    outgoing.end(
      JSON.stringify({
        model: 'claude-sonnet-5',
        max_tokens: 200,
        stream: streamed,
        messages: [{ role: 'user', content: 'Tell me something about kill -9.' }],
      }),
    )
  })
}

async function readAnswer(incoming: IncomingMessage, streamed: boolean): Promise<ClientAnswer> {
  let body = ''
  incoming.setEncoding('utf8').on('data', (text: string) => {
    body += text
  })
  // A broken connection is part of the answer: `complete` tells.
  incoming.on('error', () => undefined)
  await new Promise((resolve) => incoming.once('close', resolve))
  return {
    requestId: String(incoming.headers['x-gateway-request-id']),
    status: incoming.statusCode ?? 0,
    streamed,
    body,
    isWhole: incoming.complete,
    endedAtMs: Date.now(),
  }
}
