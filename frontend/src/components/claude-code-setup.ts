/** What a person pastes to point Claude Code at this gateway. The base URL stands without `/v1`: the client adds it. */

/**
 * What else can be set, beside address and key; see "LLM gateway configuration" and "Environment variables" in Claude
 * Code's documentation.
 */
export const CLAUDE_CODE_OPTIONS = {
  cacheHour: { variable: 'ENABLE_PROMPT_CACHING_1H', value: '1' },
  discovery: { variable: 'CLAUDE_CODE_ENABLE_GATEWAY_MODEL_DISCOVERY', value: '1' },
  smallModel: { variable: 'ANTHROPIC_DEFAULT_HAIKU_MODEL', value: 'claude-haiku-4-5' },
} as const
export type ClaudeCodeOption = keyof typeof CLAUDE_CODE_OPTIONS

interface ClaudeCodeSetup {
  readonly shell: string
  readonly settings: string
}

/**
 * @param origin the gateway's own, such as `http://127.0.0.1:8080`
 * @param secret the gateway key; ours hold nothing that a shell would interpret
 */
export function claudeCodeSetup(
  origin: string,
  secret: string,
  options: readonly ClaudeCodeOption[],
): ClaudeCodeSetup {
  const chosen = options.map((option) => CLAUDE_CODE_OPTIONS[option])
  const env = {
    ANTHROPIC_BASE_URL: origin,
    ANTHROPIC_AUTH_TOKEN: secret,
    ...Object.fromEntries(chosen.map(({ variable, value }) => [variable, value])),
  }
  return {
    shell: Object.entries(env)
      .map(([name, value]) => `export ${name}=${value}`)
      .join('\n'),
    settings: JSON.stringify({ env }, null, 2),
  }
}
