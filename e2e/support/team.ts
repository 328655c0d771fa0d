/** What a team does on a gateway: keys with budgets that fill, and a session of Claude Code with agents below agents. */
import type { FakeUpstream } from '../../backend/test/support/fake-upstream/fake-upstream.ts'
import { message } from '../../backend/test/support/fake-upstream/messages.ts'
import { messageFor, type TestGateway } from '../../backend/test/support/gateway.ts'

export const SESSION = '5f0c6f9e-1b0a-4c27-9f6e-0d6a3a1b7c55'

interface Step {
  readonly agent?: string
  readonly parent?: string
  readonly type?: string
  readonly prompt: number
  readonly compaction?: boolean
  readonly model?: string
  /** Tokens of the prompt: fresh, read from the cache, written to it; and of the answer. */
  readonly usage: readonly [number, number, number, number]
  /** How much later than the step before, milliseconds. */
  readonly afterMs?: number
}

const explorer = { agent: 'a1f4-explorer', type: 'Explore', model: 'claude-haiku-4-5' }
const planner = { agent: 'b2c8-planner', type: 'Plan' }
const reader = { agent: 'c7d0-reader', parent: 'b2c8-planner', type: 'general-purpose' }

/** Two prompts; a pause in between after which the cache is gone; a compaction near the end. */
const STEPS: readonly Step[] = [
  { prompt: 1, usage: [412, 0, 21_840, 655] },
  { prompt: 1, usage: [38, 21_840, 1204, 1830], afterMs: 9000 },
  { prompt: 1, ...explorer, usage: [120, 0, 8200, 300], afterMs: 2000 },
  { prompt: 1, ...planner, usage: [300, 0, 9800, 900], afterMs: 1000 },
  { prompt: 1, ...explorer, usage: [40, 8200, 700, 410], afterMs: 6000 },
  { prompt: 1, ...reader, usage: [80, 0, 6100, 220], afterMs: 4000 },
  { prompt: 1, ...planner, usage: [52, 9800, 2100, 1400], afterMs: 8000 },
  { prompt: 1, usage: [12, 23_044, 3880, 2417], afterMs: 12_000 },
  { prompt: 2, usage: [64, 0, 29_300, 800], afterMs: 26 * 60_000 },
  { prompt: 2, ...explorer, usage: [30, 8900, 200, 350], afterMs: 5000 },
  { prompt: 2, usage: [20, 29_300, 900, 1200], afterMs: 7000 },
  { prompt: 2, compaction: true, usage: [15, 30_200, 0, 2100], afterMs: 11_000 },
  { prompt: 2, usage: [40, 0, 6200, 640], afterMs: 9000 },
]

function headersOf({ agent, parent, type, prompt, compaction }: Step): Record<string, string> {
  const said = {
    'user-agent': 'claude-cli/2.1.330 (external, cli)',
    'x-claude-code-session-id': SESSION,
    'x-claude-code-prompt-id': `prompt-${prompt}`,
    'x-claude-code-agent-id': agent,
    'x-claude-code-parent-agent-id': parent,
    'x-claude-code-agent-type': type,
    'x-claude-code-compaction': compaction ? 'auto' : undefined,
  }
  const set = Object.entries(said).filter((entry): entry is [string, string] => entry[1] !== undefined)
  return Object.fromEntries(set)
}

const usageOf = ([input, read, written, output]: Step['usage']) => ({
  input_tokens: input,
  cache_read_input_tokens: read,
  cache_creation_input_tokens: written,
  cache_creation: { ephemeral_5m_input_tokens: written, ephemeral_1h_input_tokens: 0 },
  output_tokens: output,
})

interface Talk {
  readonly gateway: TestGateway
  readonly upstream: Pick<FakeUpstream, 'queue'>
  /** Whose session it is. */
  readonly secret: string
  /** Lets time pass, milliseconds. */
  readonly skip: (ms: number) => void
}

/** Needs a channel that leads to the upstream. Resolves once all of it is in the log. */
export async function talkInSession({ gateway, upstream, secret, skip }: Talk): Promise<void> {
  const before = (await gateway.logs(0)).length
  for (const step of STEPS) {
    skip(step.afterMs ?? 0)
    upstream.queue(message({ usage: usageOf(step.usage) }))
    const authorization = { authorization: `Bearer ${secret}` }
    const body = messageFor(step.model ?? 'claude-sonnet-5', { stream: true })
    await (await gateway.send(body, { ...headersOf(step), ...authorization })).text()
  }
  await gateway.logs(before + STEPS.length)
}

const KEYS = [
  {
    name: 'Maria’s laptop',
    tags: ['team-web'],
    requests_per_minute: 60,
    tokens_per_minute: 400_000,
    budgets: [
      { period: 'day', limit_usd: 0.5 },
      { period: 'month', limit_usd: 40 },
    ],
    models: ['claude-*'],
    capture: { max_bytes: 262_144, retention_days: 7 },
  },
  { name: 'Build server', tags: ['ci'], max_concurrency: 4, allowed_addresses: ['127.0.0.0/8'] },
  { name: 'Paul', tags: ['team-web'], budgets: [{ period: 'week', limit_usd: 5 }], expires_after_days: 90 },
  {
    name: 'Intern, until May',
    tags: ['team-web'],
    expires_at_ms: Date.now() - 3 * 86_400_000,
    models: ['claude-haiku-*'],
  },
  { name: 'Old laptop', enabled: false },
]

/** Keys in every state. @returns the secrets, by name */
export async function addTeam(gateway: TestGateway): Promise<ReadonlyMap<string, string>> {
  const secrets = new Map<string, string>()
  for (const fields of KEYS) {
    const { key } = await gateway.admin<{ key: string }>('POST', '/api/keys', fields)
    secrets.set(fields.name, key)
  }
  await gateway.admin('POST', '/api/budgets', { tag: 'team-web', period: 'month', limit_usd: 2 })
  return secrets
}
