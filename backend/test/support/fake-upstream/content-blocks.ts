/** The content blocks of an answer, each in the shape of Anthropic's API. */
import { shortId } from './recorded-request.ts'

/** Any block, known or not: a gateway must pass on what it does not know. */
export interface ContentBlock {
  readonly type: string
  readonly [field: string]: unknown
}

/** Plain text; with citations when there are any. */
export function text(words: string, citations?: readonly object[]): ContentBlock {
  return citations === undefined ? { type: 'text', text: words } : { type: 'text', text: words, citations }
}

/** Thinking with the signature that a client must send back unchanged. */
export function thinking(words: string, signature = `EqQBCkgI${shortId(32)}==`): ContentBlock {
  return { type: 'thinking', thinking: words, signature }
}

/** Thinking that the API hides; the client only carries it. */
export function redactedThinking(data = `EmwKAhgB${shortId(32)}`): ContentBlock {
  return { type: 'redacted_thinking', data }
}

/** A call of one of the client's tools; streamed as fragments of its JSON input. */
export function toolUse(name: string, input: object, id = `toolu_01${shortId(22)}`): ContentBlock {
  return { type: 'tool_use', id, name, input }
}

/** A web search that the API runs itself: the call and its result, which share an id. */
export function webSearch(query: string, pages: readonly { url: string; title: string }[]): ContentBlock[] {
  const id = `srvtoolu_01${shortId(22)}`
  const content = pages.map((page) => ({
    type: 'web_search_result',
    ...page,
    encrypted_content: `EqgfCioI${shortId(32)}`,
    page_age: 'November 3, 2026',
  }))
  return [
    { type: 'server_tool_use', id, name: 'web_search', input: { query } },
    { type: 'web_search_tool_result', tool_use_id: id, content },
  ]
}

/** A citation of a web page, for the second parameter of `text`. */
export function webCitation(url: string, citedText: string): object {
  return {
    type: 'web_search_result_location',
    url,
    title: 'A page',
    encrypted_index: `Eo8BCioI${shortId(32)}`,
    cited_text: citedText,
  }
}

/** The summary that stands for a compacted conversation; its sampling is billed as an iteration of its own. */
export function compaction(summary: string): ContentBlock {
  return { type: 'compaction', content: summary, encrypted_content: null }
}

/** The point from which another model answers, since the first one declined. */
export function fallback(fromModel: string, toModel: string): ContentBlock {
  return {
    type: 'fallback',
    from: { model: fromModel },
    to: { model: toModel },
    trigger: { type: 'refusal', category: 'general_harms' },
  }
}
