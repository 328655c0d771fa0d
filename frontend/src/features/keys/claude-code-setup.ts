/** What a person pastes to point Claude Code at this gateway. The base URL stands without `/v1`: the client adds it. */

export interface ClaudeCodeSetup {
  readonly shell: string
  readonly settings: string
}

/**
 * @param origin the gateway's own, such as `http://127.0.0.1:8080`
 * @param secret the gateway key; ours hold nothing that a shell would interpret
 */
export function claudeCodeSetup(origin: string, secret: string): ClaudeCodeSetup {
  const env = { ANTHROPIC_BASE_URL: origin, ANTHROPIC_AUTH_TOKEN: secret }
  return {
    shell: Object.entries(env)
      .map(([name, value]) => `export ${name}=${value}`)
      .join('\n'),
    settings: JSON.stringify({ env }, null, 2),
  }
}
