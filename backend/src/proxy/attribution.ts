/**
 * What a request's headers say of its place in a session and of who is to be charged: agent, prompt, class, tags.
 * From headers alone, never from the body. Contract rule E7.
 *
 * Claude Code sends the agent headers always, the others where `CLAUDE_CODE_GATEWAY_HINT_HEADERS=1` is set:
 * https://code.claude.com/docs/en/llm-gateway-protocol
 */
import { isTagHeader } from '@claude-gateway/contract/tag-header.ts'
import type { RequestRecord } from '../domain/request-record.ts'
import { holdsSecret } from '../upstream/request-headers.ts'
import type { ClientCall } from './client-call.ts'

export type Attribution = Pick<
  RequestRecord,
  'agentId' | 'parentAgentId' | 'promptId' | 'requestClass' | 'agentType' | 'isCompaction' | 'tags'
>

/** An id is never longer than this in the log either. */
const TEXT_MAX = 300
const TAG_VALUE_MAX = 200
const TAGS_MAX = 8

/** @param tagHeaders names, and prefixes with `*`, of the headers that become tags. */
export function attributionOf(call: ClientCall, tagHeaders: readonly string[]): Attribution {
  const secrets = call.presentedKeys
  // Whole names: one that is put together has to be looked up among all texts before it is among the headers.
  const said = (name: string): string | null => bounded(call.request.header(name), secrets, TEXT_MAX)
  const requestClass = said('x-claude-code-request-class')
  return {
    agentId: said('x-claude-code-agent-id'),
    parentAgentId: said('x-claude-code-parent-agent-id'),
    promptId: said('x-claude-code-prompt-id'),
    requestClass,
    agentType: said('x-claude-code-agent-type'),
    isCompaction: requestClass === 'compaction' || marksCompaction(said('x-claude-code-compaction')),
    tags: tagsOf(call, tagHeaders, secrets),
  }
}

/** The header is there on compactions alone, with what set them off: `auto`, `manual`, `reactive`. */
const marksCompaction = (value: string | null): boolean =>
  value !== null && value !== '0' && value.toLowerCase() !== 'false'

function tagsOf(
  { request }: ClientCall,
  patterns: readonly string[],
  secrets: readonly string[],
): Attribution['tags'] {
  const tags: [string, string][] = []
  // Names without a star are looked up; only a prefix needs every header looked at.
  const names = patterns.some((pattern) => pattern.endsWith('*')) ? request.headerNames : patterns
  for (const name of names) {
    const sent = request.header(name)
    if (tags.length === TAGS_MAX) break
    if (sent === null || !isTagHeader(patterns, name)) continue
    const value = bounded(sent, secrets, TAG_VALUE_MAX)
    if (value !== null) tags.push([name, value])
  }
  return tags.length === 0 ? null : Object.fromEntries(tags)
}

/** Trimmed and cut to length; null for nothing, and for a text with the client's own key in it, which is never stored. */
function bounded(value: string | null, secrets: readonly string[], maxLength: number): string | null {
  if (value === null) return null
  const text = value.trim().slice(0, maxLength)
  return text === '' || holdsSecret(value, secrets) ? null : text
}
