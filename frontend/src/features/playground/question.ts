/** What the playground asks, and the request that it makes of it. */

/** A select shows no null: the gateway chooses. */
export const ANY_CHANNEL = 0

export interface QuestionValues {
  model: string
  channel_id: number
  system: string
  text: string
  max_tokens: number
  /** 0: no thinking. */
  thinking_tokens: number
  /** JSON: the tools that are offered; empty for none. */
  tools: string
}

export const FIRST_QUESTION: QuestionValues = {
  model: 'claude-sonnet-5',
  channel_id: ANY_CHANNEL,
  system: '',
  text: '',
  max_tokens: 1024,
  thinking_tokens: 0,
  tools: '',
}

export const EXAMPLE_TOOL = JSON.stringify(
  [
    {
      name: 'get_weather',
      description: 'The weather in a city',
      input_schema: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
    },
  ],
  null,
  2,
)

/** undefined for what is no list in JSON. */
export function readTools(text: string): unknown[] | undefined {
  if (text.trim() === '') return []
  try {
    const tools: unknown = JSON.parse(text)
    return Array.isArray(tools) ? tools : undefined
  } catch {
    return undefined
  }
}

/** Thinking counts towards the most tokens of an answer, so that these come on top. */
export function bodyOf({ model, system, text, max_tokens, thinking_tokens, tools }: QuestionValues): string {
  const offered = readTools(tools) ?? []
  return JSON.stringify({
    model,
    max_tokens: max_tokens + thinking_tokens,
    stream: true,
    ...(system.trim() === '' ? {} : { system }),
    ...(thinking_tokens > 0 ? { thinking: { type: 'enabled', budget_tokens: thinking_tokens } } : {}),
    ...(offered.length > 0 ? { tools: offered } : {}),
    messages: [{ role: 'user', content: text }],
  })
}

export const headersOf = (secret: string, channelId: number): Record<string, string> => ({
  authorization: `Bearer ${secret}`,
  'content-type': 'application/json',
  'anthropic-version': '2023-06-01',
  ...(channelId === ANY_CHANNEL ? {} : { 'x-gateway-channel': String(channelId) }),
})
