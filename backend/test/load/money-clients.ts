/** Clients that send the planned requests one after the other, over a gateway that dies and comes back under them. */
import { Agent, type IncomingMessage, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { bodyOf, LEFT, type Plan, planOf, writtenIn } from './money-traffic.ts'

/** Where the gateway is; while it restarts, a promise of that. */
export interface Address {
  current: Promise<{ readonly url: string; readonly key: string; readonly life: number }>
}

export interface Sent {
  readonly plan: Plan
  /** The gateway that it was sent to: the first, or the one after so many kills. */
  readonly life: number
  /** Null where not even a status line came. */
  readonly status: number | null
  /** Whether all of the answer arrived. */
  readonly isWhole: boolean
  /** Characters of text that had arrived. */
  readonly characters: number
  /** Epoch milliseconds. */
  readonly endedAtMs: number
}

type Ended = Omit<Sent, 'life'>

/** How long a client waits for an answer that will not begin. */
const PATIENCE_MS = 60

interface MoneyLoad {
  /** In the order in which they ended. */
  readonly sent: readonly Sent[]
  /** Sends nothing more; resolves when what is under way has ended. */
  stop(): Promise<void>
}

/** Each client sends the next planned request when it is done with its last. */
export function startMoneyLoad(address: Address, clients: number): MoneyLoad {
  const agent = new Agent({ keepAlive: true })
  const sent: Sent[] = []
  let next = 0
  let isStopping = false
  const runClient = async (): Promise<void> => {
    while (!isStopping) {
      const plan = planOf(next++)
      const at = await address.current
      sent.push({ ...(await send(agent, at, plan)), life: at.life })
    }
  }
  const done = Promise.all(Array.from({ length: clients }, runClient))
  return {
    sent,
    async stop() {
      isStopping = true
      await done
      agent.destroy()
    },
  }
}

function send(agent: Agent, { url, key }: Awaited<Address['current']>, plan: Plan): Promise<Ended> {
  const headers = {
    authorization: `Bearer ${key}`,
    'content-type': 'application/json',
    'x-claude-code-session-id': `session-${plan.number % 200}`,
    'x-claude-code-agent-id': String(plan.number),
  }
  const outgoing = request(`${url}/v1/messages`, { method: 'POST', agent, headers })
  const answered = new Promise<IncomingMessage | null>((resolve) => {
    outgoing.on('error', () => resolve(null))
    outgoing.on('close', () => resolve(null))
    outgoing.on('response', resolve)
  })
  outgoing.end(bodyOf(plan))
  return plan.fate === 'leave' ? leave(plan, answered, () => outgoing.destroy()) : readWhole(plan, answered)
}

async function readWhole(plan: Plan, answered: Promise<IncomingMessage | null>): Promise<Ended> {
  const incoming = await answered
  if (incoming) await ended(incoming.resume())
  return {
    plan,
    status: incoming?.statusCode ?? null,
    isWhole: incoming?.complete ?? false,
    characters: 0,
    endedAtMs: Date.now(),
  }
}

/** Goes where its plan says so: in the middle of the answer, or before it. */
async function leave(plan: Plan, answered: Promise<IncomingMessage | null>, go: () => void): Promise<Ended> {
  const after = LEFT[plan.way % LEFT.length]?.afterCharacters ?? null
  const incoming = after === null ? await Promise.race([answered, sleep(PATIENCE_MS, null)]) : await answered
  let characters = 0
  if (incoming) {
    const chunks: Buffer[] = []
    incoming.on('data', (chunk: Buffer) => {
      chunks.push(chunk)
      characters = writtenIn(Buffer.concat(chunks))
      if (characters >= (after ?? 0)) incoming.destroy()
    })
    await ended(incoming)
  }
  go()
  const status = incoming?.statusCode ?? null
  return { plan, status, isWhole: incoming?.complete ?? false, characters, endedAtMs: Date.now() }
}

/** Resolves when nothing more comes, whether that was all or not. */
async function ended(incoming: IncomingMessage): Promise<void> {
  incoming.on('error', () => undefined)
  await new Promise((resolve) => incoming.once('close', resolve))
}
