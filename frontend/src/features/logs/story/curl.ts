/** A request as a command for the shell. It holds no secret: the key is a variable that whoever runs it sets. */
import type { RequestLogView } from '@claude-gateway/contract/request-log.ts'

const PATHS = {
  messages: '/v1/messages',
  probe: '/v1/messages',
  count_tokens: '/v1/messages/count_tokens',
} as const

/** In single quotes a shell reads nothing but the quote itself. */
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`

/** What asks for the same model in the same way, where the body was not kept. */
function smallBody({ endpoint, requested_model, streamed }: RequestLogView): string {
  const messages = [{ role: 'user', content: 'Hello' }]
  const limits = endpoint === 'count_tokens' ? {} : { max_tokens: 64, ...(streamed ? { stream: true } : {}) }
  return JSON.stringify({ model: requested_model ?? 'claude-sonnet-5', ...limits, messages })
}

/**
 * @param origin the gateway's own, such as `http://127.0.0.1:8080`
 * @param body as it was sent; null where it is not known
 */
export function curlFor(request: RequestLogView, origin: string, body: string | null): string {
  const session = request.session_id
  const headers = [
    'content-type: application/json',
    'anthropic-version: 2023-06-01',
    ...(session === null ? [] : [`x-claude-code-session-id: ${session}`]),
    ...Object.entries(request.tags ?? {}).map(([name, value]) => `${name}: ${value}`),
  ]
  return [
    `curl -sS ${quoted(origin + PATHS[request.endpoint])}`,
    '-H "x-api-key: $GATEWAY_KEY"',
    ...headers.map((header) => `-H ${quoted(header)}`),
    `--data-raw ${quoted(body ?? smallBody(request))}`,
  ].join(' \\\n  ')
}
