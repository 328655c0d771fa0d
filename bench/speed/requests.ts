/** The requests of the load, as Claude Code sends them, ready to be written. */

/** A name that only a mapping knows: the gateway has to rename it in every body. */
export const MAPPED_MODEL = 'house-model'

export interface Wanted {
  readonly answer: 'small' | 'burst' | 'paced' | 'endless'
  readonly bodyBytes: number
  readonly model?: string
  readonly events?: number
  readonly everyMs?: number
}

const HEADERS = [
  'accept: application/json',
  'user-agent: claude-cli/2.1.330 (external, cli)',
  'x-app: cli',
  'x-stainless-lang: js',
  'x-stainless-package-version: 1.12.0',
  'x-stainless-os: Linux',
  'x-stainless-arch: x64',
  'x-stainless-runtime: node',
  'x-stainless-runtime-version: v24.21.0',
  'x-stainless-retry-count: 0',
  'x-stainless-timeout: 600',
  'anthropic-version: 2023-06-01',
  'anthropic-beta: claude-code-20250219,interleaved-thinking-2025-05-14,context-management-2025-06-27',
  'anthropic-dangerous-direct-browser-access: true',
  'accept-language: *',
  'accept-encoding: identity',
  'content-type: application/json',
]
let sequence = 0

export function requestBytes(key: string, wanted: Wanted): Buffer {
  const body = bodyOf(wanted)
  sequence++
  const lines = [
    'POST /v1/messages?beta=true HTTP/1.1',
    'host: 127.0.0.1',
    ...HEADERS,
    `authorization: Bearer ${key}`,
    `x-claude-code-session-id: 00000000-0000-4000-8000-${String(sequence).padStart(12, '0')}`,
    `x-bench-answer: ${wanted.answer}`,
    `x-bench-events: ${wanted.events ?? 0}`,
    `x-bench-every-ms: ${wanted.everyMs ?? 0}`,
    `content-length: ${body.length}`,
  ]
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`), body])
}

/** A conversation of that size: text with quotes, escapes and line ends, as code has them. */
function bodyOf({ answer, bodyBytes, model = 'claude-sonnet-5' }: Wanted): Buffer {
  const line = 'const greeting = "Grüße\\n"; // a "quoted" word, a \\ and a {brace}\n'
  const turns: object[] = []
  const body = () =>
    JSON.stringify({
      model,
      max_tokens: 32_000,
      stream: answer !== 'small',
      system: [{ type: 'text', text: 'You are a coding agent.', cache_control: { type: 'ephemeral' } }],
      messages: [...turns, { role: 'user', content: 'Go on.' }],
    })
  while (body().length < bodyBytes) {
    const left = Math.min(8000, bodyBytes - body().length)
    const content = [{ type: 'text', text: line.repeat(Math.max(1, Math.ceil(left / (line.length * 1.15)))) }]
    turns.push({ role: turns.length % 2 === 0 ? 'user' : 'assistant', content })
  }
  return Buffer.from(body())
}
