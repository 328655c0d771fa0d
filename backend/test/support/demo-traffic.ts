/** The demo's little traffic: a working day of Claude Code in a dozen requests, the ones that go wrong included. */
import type { Script } from './fake-upstream/answer.ts'
import { text, thinking, toolUse } from './fake-upstream/content-blocks.ts'
import { apiError } from './fake-upstream/errors.ts'
import type { FakeUpstream } from './fake-upstream/fake-upstream.ts'
import { message, refusal } from './fake-upstream/messages.ts'
import { paced } from './fake-upstream/timing.ts'

/** What clients ask for in the demo; its one mapping makes a real name of it. */
export const HOUSE_MODEL = 'house-model'

interface DemoRequest {
  readonly model: string
  readonly prompt: string
  /** Further fields of the body. */
  readonly fields?: object
  readonly headers?: Readonly<Record<string, string>>
  readonly path?: string
  /** What the upstream answers; else what the fake upstream makes of it by itself. */
  readonly answer?: Script
  /** What the client gets; 200 where it is not said. */
  readonly status?: number
}

const SESSION = '7d3c1a52-9b0e-4f64-8a77-2f0c5e1b9d40'
const session = { 'x-claude-code-session-id': SESSION }
const subAgent = (name: string) => ({
  ...session,
  'x-claude-code-agent-id': name,
  'x-claude-code-parent-agent-id': 'main',
})
const stream = { stream: true }
const read = { name: 'Read', description: 'Reads a file.', input_schema: { type: 'object' } }

/** Input that was read from the upstream's prompt cache, as most of Claude Code's is. */
const cached = (tokens: number, written = 0) => ({
  input_tokens: 12,
  cache_read_input_tokens: tokens,
  cache_creation: { ephemeral_5m_input_tokens: written, ephemeral_1h_input_tokens: 0 },
})

const REQUESTS: readonly DemoRequest[] = [
  { model: HOUSE_MODEL, prompt: 'What does a gateway do?' },
  { model: 'claude-haiku-4-5', prompt: 'Name this conversation in three words.', fields: { max_tokens: 20 } },
  {
    model: 'claude-opus-5',
    prompt: 'Where is the bug in the pipeline?',
    fields: { ...stream, tools: [read], thinking: { type: 'adaptive' } },
    headers: session,
    answer: message({
      content: [
        thinking('The file will tell.'),
        text('I read it first.'),
        toolUse('Read', { file_path: 'pipeline.ts' }),
      ],
      usage: { ...cached(0, 18_240), output_tokens: 164 },
    }),
  },
  {
    model: 'claude-opus-5',
    prompt: 'Here is the file. Split the search among three agents.',
    fields: { ...stream, tools: [read] },
    headers: session,
    answer: message({
      content: 'Three agents look at it now.',
      usage: { ...cached(18_240, 2310), output_tokens: 820 },
    }),
  },
  ...['explorer', 'tester', 'reviewer'].map((name) => ({
    model: 'claude-sonnet-5',
    prompt: `You are the ${name}. Report what you find.`,
    fields: stream,
    headers: subAgent(name),
    answer: paced(
      message({
        content: `The ${name} found nothing that a test would not find as well.`,
        usage: { ...cached(9120, 640), output_tokens: 1450 },
      }),
      15,
    ),
  })),
  { model: 'claude-sonnet-5', prompt: 'How many tokens is this?', path: '/v1/messages/count_tokens' },
  {
    model: 'claude-sonnet-5',
    prompt: 'Everything, once more, in full.',
    headers: session,
    answer: apiError('prompt_too_long'),
    status: 400,
  },
  { model: 'claude-sonnet-5', prompt: 'Something that a model declines.', answer: refusal() },
  {
    model: 'claude-sonnet-5',
    prompt: 'Let me in.',
    headers: { authorization: 'Bearer gk-somebody-elses-key' },
    status: 401,
  },
]

interface Target {
  readonly url: string
  readonly key: string
  /** The upstream that answers in the end. */
  readonly upstream: FakeUpstream
  readonly signal: AbortSignal
}

/** Sends the requests one after the other; rejects when one gets another status than it should. */
export async function sendTraffic({ url, key, upstream, signal }: Target): Promise<void> {
  for (const { model, prompt, fields, headers, path = '/v1/messages', answer, status = 200 } of REQUESTS) {
    if (answer !== undefined) upstream.queue(answer)
    const response = await fetch(url + path, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${key}`,
        'content-type': 'application/json',
        'user-agent': 'claude-cli/2.1.330 (external, cli)',
        ...headers,
      },
      body: JSON.stringify({
        model,
        max_tokens: 1024,
        messages: [{ role: 'user', content: prompt }],
        ...fields,
      }),
      signal,
    })
    const body = await response.text()
    if (response.status !== status)
      throw new Error(`“${prompt}” was answered ${response.status}, not ${status}: ${body}`)
  }
}
